package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a counter makes of the occurrences of a cycle: threshold first, then invert, then edge (domain.md §2.2, §14.9). */
class ConditionTest {

    private static final int MOST_OCCURRENCES = 3;
    private static final int LONGEST_PATTERN = 6;

    /** A way to count. */
    private record Way(long threshold, boolean invert, boolean equal, boolean edge) {

        /** The sum over cycles with so many occurrences, of which the first follows one that does not count. */
        long of(long... occurrences) {
            long sum = 0;
            boolean held = false;
            for (long n : occurrences) {
                boolean holds = threshold == 0 ? n >= 1 : (equal ? n == threshold : n >= threshold) != invert;
                if (edge) {
                    sum += holds && !held ? 1 : 0;
                } else {
                    sum += threshold == 0 ? n : holds ? 1 : 0;
                }
                held = holds;
            }
            return sum;
        }

        Setting[] settings() {
            List<Setting> settings = new ArrayList<>(List.of(Setting.threshold(threshold)));
            if (invert) {
                settings.add(Setting.INVERT);
            }
            if (equal) {
                settings.add(Setting.EQUAL);
            }
            if (edge) {
                settings.add(Setting.EDGE);
            }
            return settings.toArray(Setting[]::new);
        }
    }

    /** Counters with a condition and an event whose occurrences a step can choose. */
    private static List<TestedCounter> conditional(TestedCpu cpu) {
        return cpu.counters().stream().filter(counter -> counter.occurrence().isPresent()
                && (counter.has(FieldRole.THRESHOLD) || counter.has(FieldRole.EDGE_DETECT))).toList();
    }

    private static List<Way> ways(TestedCounter counter) {
        List<Way> ways = new ArrayList<>();
        for (long threshold = 0; threshold <= MOST_OCCURRENCES + 1; threshold++) {
            for (int bits = 0; bits < 8; bits++) {
                boolean possible = (threshold == 0 || counter.control().takes(FieldRole.THRESHOLD, threshold))
                        && ((bits & 1) == 0 || counter.has(FieldRole.INVERT)) && ((bits & 2) == 0 || counter.has(FieldRole.EQUAL))
                        && ((bits & 4) == 0 || counter.has(FieldRole.EDGE_DETECT));
                if (possible) {
                    ways.add(new Way(threshold, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
                }
            }
        }
        return ways;
    }

    /** In a cycle in which the counter does not count, its edge detector becomes low. */
    private static void lower(Bench bench, TestedCounter counter) {
        bench.stop(counter);
        bench.run(bench.once(1));
    }

    private static void forEachWay(TestedCpu cpu, WayCheck check) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : conditional(cpu)) {
            for (Way way : ways(counter)) {
                check.check(bench, counter, way);
            }
            lower(bench, counter);
        }
    }

    /** A check of one way to count on one counter. */
    private interface WayCheck {
        void check(Bench bench, TestedCounter counter, Way way);
    }

    private static void assertCounts(Bench bench, TestedCounter counter, Way way, long[] occurrences, Step... steps) {
        lower(bench, counter);
        bench.start(counter, way.settings());
        bench.value(counter, 0);
        for (Step step : steps) {
            bench.run(step);
        }
        assertEquals(way.of(occurrences) & counter.mask(), bench.value(counter), () -> counter + ", " + way + ", occurrences " + Arrays.toString(occurrences));
    }

    /** Of a step, followed by a cycle with two; and of the second half of the step alone. */
    private static void assertPattern(Bench bench, TestedCounter counter, Way way, long[] occurrences, Step step) {
        long[] followed = Arrays.copyOf(occurrences, occurrences.length + 1);
        followed[occurrences.length] = 2;
        assertCounts(bench, counter, way, followed, step, bench.once(2));
        lower(bench, counter);
        bench.start(counter, way.settings());
        bench.value(counter, 0);
        int from = occurrences.length / 2;
        assertEquals(step.cycles(), bench.pmu.run(step, from));
        long[] rest = Arrays.copyOfRange(occurrences, from, occurrences.length);
        assertEquals(way.of(rest) & counter.mask(), bench.value(counter),
                () -> counter + ", " + way + ", from cycle " + from + " of " + Arrays.toString(occurrences));
    }

    @OnEveryCpu(value = "HW-6 every threshold, inversion and edge over every sequence of three cycles", needs = {Need.COUNTERS, Need.THRESHOLD})
    void everyShortSequence(TestedCpu cpu) {
        forEachWay(cpu, (bench, counter, way) -> {
            for (int code = 0; code < 64; code++) {
                long[] occurrences = {code & 3, code >> 2 & 3, code >> 4};
                assertCounts(bench, counter, way, occurrences, bench.once(occurrences[0]), bench.once(occurrences[1]), bench.once(occurrences[2]));
            }
        });
    }

    @OnEveryCpu(value = "HW-6 a step of even occurrences counts as its cycles one by one do", needs = {Need.COUNTERS, Need.THRESHOLD})
    void evenOccurrences(TestedCpu cpu) {
        forEachWay(cpu, (bench, counter, way) -> {
            for (int cycles = 1; cycles <= LONGEST_PATTERN; cycles++) {
                for (long n = 0; n <= 2L * cycles + 1; n++) {
                    long[] occurrences = new long[cycles];
                    for (int j = 0; j < cycles; j++) {
                        occurrences[j] = (j + 1) * n / cycles - j * n / cycles;
                    }
                    assertPattern(bench, counter, way, occurrences, Step.of(cycles).uniform(counter.occurrence().getAsLong(), n).build());
                }
            }
        });
    }

    @OnEveryCpu(value = "HW-6 a step of runs counts as its cycles one by one do", needs = {Need.COUNTERS, Need.THRESHOLD})
    void runsOfOccurrences(TestedCpu cpu) {
        int cycles = LONGEST_PATTERN + 1;
        forEachWay(cpu, (bench, counter, way) -> {
            for (int period = 1; period < LONGEST_PATTERN; period++) {
                for (int busy = 0; busy <= period; busy++) {
                    long[] occurrences = new long[cycles];
                    for (int j = 0; j < cycles; j++) {
                        occurrences[j] = j % period < busy ? 2 : 0;
                    }
                    assertPattern(bench, counter, way, occurrences, Step.of(cycles).run(counter.occurrence().getAsLong(), 2, busy, period).build());
                }
            }
        });
    }

    @OnEveryCpu(value = "HW-6 the PMI of a counter with a condition comes behind the cycle in which the condition makes it overflow",
            needs = {Need.INTERRUPTS, Need.THRESHOLD})
    void interruptsInTheirCycle(TestedCpu cpu) {
        long[] occurrences = {0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1};
        long[] runs = {2, 2, 0, 0, 0, 2, 2, 0, 0, 0, 2, 2};
        long[] many = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2};
        forEachWay(cpu, (bench, counter, way) -> {
            if (counter.has(FieldRole.INTERRUPT_ENABLE)) {
                long event = counter.occurrence().getAsLong();
                assertInterrupts(bench, counter, way, occurrences, Step.of(12).uniform(event, 9).build());
                assertInterrupts(bench, counter, way, runs, Step.of(12).run(event, 2, 2, 5).build());
                assertInterrupts(bench, counter, way, many, Step.of(12).uniform(event, 18).build());
            }
        });
    }

    private static void assertInterrupts(Bench bench, TestedCounter counter, Way way, long[] occurrences, Step step) {
        for (long k = 1; k <= 4 && counter.takes(-k & counter.mask()) && counter.mask() > 40; k++) {
            lower(bench, counter);
            bench.start(counter, Stream.concat(Stream.of(Setting.INTERRUPT), Stream.of(way.settings())).toArray(Setting[]::new));
            bench.before(counter, k);
            bench.pmu.lvtpc(Bench.NMI);
            int cycle = 1;
            while (cycle < occurrences.length && way.of(Arrays.copyOf(occurrences, cycle)) < k) {
                cycle++;
            }
            boolean expected = way.of(Arrays.copyOf(occurrences, cycle)) >= k;
            String what = counter + ", " + way + ", " + k + " before the overflow, occurrences " + Arrays.toString(occurrences);
            assertEquals(cycle, bench.pmu.run(step, 0), what);
            assertEquals(expected, bench.pmu.takePmi(), what);
        }
    }

    @OnEveryCpu(value = "HW-6 a condition that holds for many cycles is one edge, in one step or in many", needs = Need.EDGE)
    void heldLongIsOneEdge(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters(FieldRole.EDGE_DETECT)) {
            bench.start(counter, Setting.EDGE);
            bench.value(counter, 0);
            bench.run(bench.steady(1_000_000));
            for (int i = 0; i < 10; i++) {
                bench.run(bench.steady(1));
            }
            assertEquals(1, bench.value(counter), counter::toString);
            bench.stop(counter);
        }
    }

    @OnEveryCpu(value = "HW-6 the edge detector is low behind cycles that do not count, or count without it; a register write does not touch it", needs = Need.EDGE)
    void edgeDetectorBecomesLow(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters(FieldRole.EDGE_DETECT)) {
            Step step = bench.steady(1);
            bench.start(counter, Setting.EDGE);
            bench.value(counter, 0);
            bench.run(step);
            assertEquals(1, bench.value(counter));
            bench.stop(counter);
            bench.start(counter, Setting.EDGE);
            bench.run(step);
            assertEquals(1, bench.value(counter), () -> counter + " was written, and no cycle has passed");
            bench.run(bench.steady(1, 3, TransactionState.OUTSIDE));
            bench.run(step);
            assertEquals(2, bench.value(counter), () -> counter + " did not count a cycle of ring 3");
            bench.pmu.runSibling(step, 0);
            bench.run(step);
            assertEquals(3, bench.value(counter), () -> counter + " did not count a cycle of the sibling");
            bench.start(counter);
            bench.run(step);
            bench.start(counter, Setting.EDGE);
            bench.run(step);
            assertEquals(5, bench.value(counter), () -> counter + " counted a cycle without edge detection");
            bench.stop(counter);
        }
    }

    /** Two a cycle for three cycles of four, for twelve cycles. */
    @OnEveryCpu(value = "HW-6 the table of CMASK, INV and edge over two occurrences in three cycles of four", needs = {Need.INTEL, Need.COUNTERS})
    void tableByHand(TestedCpu cpu) {
        TestedCounter counter = conditional(cpu).get(0);
        Step step = Step.of(12).run(counter.occurrence().getAsLong(), 2, 3, 4).build();
        // cmask, inv, edge: count
        long[][] table = {
            {0, 0, 0, 18}, {0, 1, 0, 18}, {1, 0, 0, 9}, {2, 0, 0, 9}, {3, 0, 0, 0}, {255, 0, 0, 0},
            {1, 1, 0, 3}, {2, 1, 0, 3}, {3, 1, 0, 12}, {255, 1, 0, 12},
            {0, 0, 1, 3}, {0, 1, 1, 3}, {1, 0, 1, 3}, {2, 0, 1, 3}, {3, 0, 1, 0}, {1, 1, 1, 3}, {2, 1, 1, 3}, {3, 1, 1, 1}};
        Bench bench = Bench.atRest(cpu);
        for (long[] row : table) {
            lower(bench, counter);
            int selector = 0x186;
            bench.pmu.wrmsr(selector, counter.code() | (long) counter.umask() << 8 | 1 << 17 | row[2] << 18 | 1 << 22 | row[1] << 23 | row[0] << 24);
            bench.enable(counter, true);
            bench.pmu.wrmsr(0xC1, 0);
            bench.run(step);
            assertEquals(row[3], bench.pmu.rdmsr(0xC1), () -> Arrays.toString(row));
        }
    }
}
