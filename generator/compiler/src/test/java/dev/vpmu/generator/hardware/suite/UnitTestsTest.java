package dev.vpmu.generator.hardware.suite;

import static dev.vpmu.generator.hardware.suite.GuestRun.assertBetween;
import static dev.vpmu.generator.hardware.suite.Loops.N;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.generator.hardware.suite.PmuUnderTest.Intercepted;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/**
 * What kvm-unit-tests' x86/pmu.c measures (domain.md §12.1): counts of a loop. Here it runs on bare hardware, where nothing is emulated;
 * {@link UnitTestsInGuestsTest} runs it in guests.
 *
 * <p>Left out are the repeat with AMD's legacy registers (no such CPU is described), and the looser ranges for parts with overcount errata
 * (no such part is described either). LBR and PEBS (§12.2) are not part of this hardware yet.
 */
class UnitTestsTest {

    private static Loops.Selected event(TestedCpu cpu, EventRole role) {
        return Loops.of(cpu, role).orElseThrow();
    }

    /** Asserts what the table accepts. */
    private static void assertInRange(TestedCpu cpu, EventRole role, long count, Object where) {
        boolean exact = Need.GLOBAL_ENABLES.isMetBy(cpu);
        switch (role) {
            case CYCLES -> assertBetween(N, 50 * N, count, where);
            case INSTRUCTIONS -> assertBetween(exact ? 10 * N + 17 : 10 * N, exact ? 10 * N + 17 : 102 * N / 10, count, where);
            case BUS_CYCLES -> assertBetween(perTsc(cpu, N), perTsc(cpu, 30 * N), count, where);
            case CACHE_REFERENCES -> assertBetween(1, 5 * N / 2, count, where);
            case CACHE_MISSES -> assertBetween(1, N, count, where);
            case BRANCHES -> assertBetween(exact ? N + 2 : N, exact ? N + 2 : 11 * N / 10, count, where);
            case BRANCH_MISSES -> assertBetween(1, N / 10, count, where);
            default -> throw new AssertionError(role);
        }
    }

    /** The tests rescale the range of reference cycles by how often they tick while the TSC does, measured by a long spin. */
    private static long perTsc(TestedCpu cpu, long ticks) {
        Bench bench = Bench.atRest(cpu);
        TestedCounter counter = Loops.programmable(cpu).get(0);
        long spin = 1_000_000_000;
        new GuestRun(bench).counts(counter, event(cpu, EventRole.BUS_CYCLES)).measure(List.of(Step.of(spin).build()));
        long tsc = cpu.cpu().clocks().map(clocks -> spin * clocks.megahertz(Clock.TSC) / clocks.megahertz(Clock.CORE)).orElse(spin);
        return ticks * bench.value(counter) / tsc;
    }

    @OnEveryCpu(value = "KUT gp counters: every event on every counter, one at a time", needs = Need.ARCHITECTURAL_EVENTS)
    void gpCounters(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        List<Executable> counts = new ArrayList<>();
        for (EventRole role : Loops.SEVEN) {
            for (TestedCounter counter : Loops.programmable(cpu)) {
                new GuestRun(bench).counts(counter, event(cpu, role)).measure(Loops.unitTest(cpu));
                long count = bench.value(counter);
                counts.add(() -> assertInRange(cpu, role, count, counter + " counts " + role));
                bench.rest();
            }
        }
        assertAll(counts);
    }

    @OnEveryCpu(value = "KUT gp counters: exactly 10 N + 17 instructions and N + 2 branches", needs = Need.INSTRUCTIONS_AND_BRANCHES)
    void exactCounts(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        List<Executable> counts = new ArrayList<>();
        for (TestedCounter counter : Loops.programmable(cpu)) {
            new GuestRun(bench).counts(counter, event(cpu, EventRole.INSTRUCTIONS)).measure(Loops.unitTest(cpu));
            long instructions = bench.value(counter);
            counts.add(() -> assertEquals(10_000_017, instructions, () -> counter + " counts instructions"));
            bench.rest();
            new GuestRun(bench).counts(counter, event(cpu, EventRole.BRANCHES)).measure(Loops.unitTest(cpu));
            long branches = bench.value(counter);
            counts.add(() -> assertEquals(1_000_002, branches, () -> counter + " counts branches"));
            bench.rest();
        }
        assertAll(counts);
    }

    @OnEveryCpu(value = "KUT fixed counters: each of the first three", needs = {Need.ARCHITECTURAL_EVENTS, Need.FIXED_COUNTERS})
    void fixedCounters(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        List<Executable> counts = new ArrayList<>();
        for (TestedCounter counter : firstThree(cpu)) {
            new GuestRun(bench).counts(counter).measure(Loops.unitTest(cpu));
            long count = bench.value(counter);
            counts.add(() -> assertFixed(cpu, counter, count));
            bench.rest();
        }
        assertAll(counts);
    }

    private static List<TestedCounter> firstThree(TestedCpu cpu) {
        return Loops.fixed(cpu).stream().filter(counter -> counter.index() < 3).toList();
    }

    private static void assertFixed(TestedCpu cpu, TestedCounter counter, long count) {
        if (counter.clock().isEmpty()) {
            assertInRange(cpu, EventRole.INSTRUCTIONS, count, counter);
        } else {
            assertBetween(counter.clock().get() == Clock.CORE ? N : N / 10, counter.clock().get() == Clock.CORE ? 50 * N : 30 * N, count, counter);
        }
    }

    @OnEveryCpu(value = "KUT all counters: the events round robin, and the fixed counters, at once", needs = Need.ARCHITECTURAL_EVENTS)
    void allCounters(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        GuestRun run = new GuestRun(bench);
        List<TestedCounter> counters = Loops.programmable(cpu);
        List<Executable> counts = new ArrayList<>();
        for (int first = 0; first < Loops.SEVEN.size(); first++) {
            for (int i = 0; i < counters.size(); i++) {
                run.counts(counters.get(i), event(cpu, Loops.SEVEN.get((first + i) % Loops.SEVEN.size())));
            }
            firstThree(cpu).forEach(counter -> run.counts(counter));
            run.measure(Loops.unitTest(cpu));
            for (int i = 0; i < counters.size(); i++) {
                TestedCounter counter = counters.get(i);
                EventRole role = Loops.SEVEN.get((first + i) % Loops.SEVEN.size());
                long count = bench.value(counter);
                counts.add(() -> assertInRange(cpu, role, count, counter + " counts " + role));
            }
            for (TestedCounter counter : firstThree(cpu)) {
                long count = bench.value(counter);
                counts.add(() -> assertFixed(cpu, counter, count));
            }
        }
        assertAll(counts);
    }

    @OnEveryCpu(value = "KUT cmask: instructions with CMASK 2 are fewer than the least of plain ones", needs = {Need.ARCHITECTURAL_EVENTS, Need.THRESHOLD})
    void cmask(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        TestedCounter counter = Loops.programmable(cpu).get(0);
        new GuestRun(bench).counts(counter, event(cpu, EventRole.INSTRUCTIONS), Setting.threshold(2)).measure(Loops.unitTest(cpu));
        assertBetween(1, 10 * N - 1, bench.value(counter), counter);
    }

    @OnEveryCpu(value = "KUT running counter: what was counted before a write of 0 is gone, and one more than -1 overflows", needs = Need.ARCHITECTURAL_EVENTS)
    void runningCounterWrmsr(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        TestedCounter counter = Loops.programmable(cpu).get(0);
        GuestRun run = new GuestRun(bench).counts(counter, event(cpu, EventRole.INSTRUCTIONS));
        run.enable();
        run.work(Loops.unitTest(cpu));
        bench.overwrite(counter, 0);
        run.disable();
        assertBetween(0, 10 * N - 1, bench.value(counter), counter);
        if (cpu.isReporting(counter)) {
            bench.value(counter, 0);
            run.enable();
            bench.overwrite(counter, counter.mask());
            run.work(Loops.unitTest(cpu));
            run.disable();
            assertTrue(bench.overflowed(counter), () -> counter + " has overflowed");
        }
    }

    /**
     * The original aborts one transaction and finds something in every counter. Here what a checkpointed counter counted of an aborted
     * transaction is taken back in full, so one transaction commits and another aborts.
     */
    @OnEveryCpu(value = "KUT TSX cycles: every counter counts in transactions", needs = {Need.ARCHITECTURAL_EVENTS, Need.TRANSACTIONS, Need.CHECKPOINTS})
    void transactions(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        GuestRun run = new GuestRun(bench);
        for (TestedCounter counter : Loops.programmable(cpu)) {
            Setting[] qualifiers = Stream.of(Setting.IN_TRANSACTION, Setting.CHECKPOINTED).filter(qualifier -> counter.has(qualifier.role())).toArray(Setting[]::new);
            run.counts(counter, event(cpu, EventRole.CYCLES), qualifiers);
        }
        run.measure(List.of(Step.of(70).transaction(TransactionState.COMMITTED).build(),
                Step.of(30).transaction(TransactionState.ABORTED).build(), Step.of(1000).build()));
        for (TestedCounter counter : Loops.programmable(cpu)) {
            assertEquals(counter.has(Setting.CHECKPOINTED.role()) ? 70 : 100, bench.value(counter), counter::toString);
        }
    }

    @OnEveryCpu(value = "KUT emulated instruction: presets of -5 branches and -22 instructions both overflow to exactly 0",
            needs = {Need.ARCHITECTURAL_EVENTS, Need.OVERFLOWS})
    void emulatedInstruction(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        TestedCounter branches = Loops.programmable(cpu).get(0);
        TestedCounter instructions = Loops.programmable(cpu).get(1);
        GuestRun run = new GuestRun(bench).counts(branches, event(cpu, EventRole.BRANCHES)).counts(instructions, event(cpu, EventRole.INSTRUCTIONS));
        bench.before(branches, 5);
        bench.before(instructions, 22);
        run.enable();
        // 22 instructions: five branches, five times one and a CPUID, six more, and the disabling WRMSR
        for (int i = 0; i < 5; i++) {
            run.intercepted(Intercepted.EMULATED_BRANCH, Loops.branch(cpu));
        }
        for (int i = 0; i < 5; i++) {
            run.work(List.of(Loops.instructions(cpu, 1)));
            run.intercepted(Intercepted.CPUID, Loops.instructions(cpu, 1));
        }
        run.work(List.of(Loops.instructions(cpu, 6)));
        run.disable();
        assertAll(() -> assertEquals(0, bench.value(branches), () -> branches + " counts branches"),
                () -> assertEquals(0, bench.value(instructions), () -> instructions + " counts instructions"),
                () -> assertEquals(List.of(branches, instructions), bench.overflowed()));
    }
}
