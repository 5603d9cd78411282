package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The clocks that counters count: there are two reference clocks, and they differ (domain.md §14.10). */
class ClockTest {

    private static final long[] CYCLES = {1, 1, 1, 2, 3, 5, 8, 13, 100, 1_000_003, 1, 1, 1_000_000_000};

    /** Since reset. */
    private static long ticks(TestedCpu cpu, Clock clock, long cycles) {
        return cpu.cpu().clocks().map(clocks -> cycles * clocks.megahertz(clock) / clocks.megahertz(Clock.CORE)).orElse(cycles);
    }

    /** The event by which the counter's selector asks for a clock. */
    private static Optional<ClockEventModel> event(TestedCpu cpu, TestedCounter counter, Clock clock) {
        return cpu.cpu().clockEvents().stream().filter(event -> event.clock() == clock && counter.isProgrammable()
                && counter.control().takes(FieldRole.EVENT_CODE, event.code())
                && (event.umask() == 0 || counter.control().takes(FieldRole.UNIT_MASK, event.umask()))).findFirst();
    }

    @OnEveryCpu("KUT reference cycles: each clock ticks by its ratio to the core's, however the time is cut into steps")
    void ratios(TestedCpu cpu) {
        for (TestedCounter counter : cpu.all()) {
            for (Clock clock : Clock.values()) {
                Optional<ClockEventModel> event = event(cpu, counter, clock);
                if (event.isPresent() || counter.clock().equals(Optional.of(clock))) {
                    assertTicks(Bench.atRest(cpu), counter, clock, event);
                }
            }
        }
    }

    /** Lets the counter count its own clock, or the event. */
    private static void start(Bench bench, TestedCounter counter, Optional<ClockEventModel> event, Setting... settings) {
        bench.start(counter, settings);
        event.ifPresent(selected -> {
            List<Setting> all = new ArrayList<>(List.of(settings));
            Stream.of(Setting.KERNEL, Setting.ENABLE).filter(setting -> counter.has(setting.role())).forEach(all::add);
            bench.programEvent(counter, new Loops.Selected(selected.code(), selected.umask()).with(all.toArray(Setting[]::new)));
        });
    }

    @OnEveryCpu("HW-11 clocks begin anew at a reset, wherever they were")
    void reset(TestedCpu cpu) {
        for (TestedCounter counter : cpu.all()) {
            for (Clock clock : Clock.values()) {
                Optional<ClockEventModel> event = event(cpu, counter, clock);
                if (event.isPresent() || counter.clock().equals(Optional.of(clock))) {
                    Bench bench = Bench.atRest(cpu);
                    bench.run(Step.of(1_234_567).build());
                    bench.pmu.reset();
                    bench.rest();
                    assertTicks(bench, counter, clock, event);
                }
            }
        }
    }

    private static void assertTicks(Bench bench, TestedCounter counter, Clock clock, Optional<ClockEventModel> event) {
        start(bench, counter, event);
        bench.value(counter, 0);
        long time = 0;
        for (long cycles : CYCLES) {
            bench.run(Step.of(cycles).build());
            time += cycles;
            assertEquals(ticks(bench.cpu, clock, time) & counter.mask(), bench.value(counter), counter + " counts " + clock + " for " + time + " cycles");
        }
    }

    @OnEveryCpu("KUT reference cycles: they tick while a counter does not look, and while the sibling works")
    void timePasses(TestedCpu cpu) {
        for (TestedCounter counter : cpu.all()) {
            if (counter.clock().isPresent()) {
                Clock clock = counter.clock().get();
                Bench bench = Bench.atRest(cpu);
                bench.value(counter, 0);
                bench.run(Step.of(5).build());
                bench.pmu.runSibling(Step.of(6).build(), 0);
                assertEquals(0, bench.value(counter), counter::toString);
                bench.start(counter);
                bench.run(Step.of(7).build());
                assertEquals(ticks(cpu, clock, 18) - ticks(cpu, clock, 11) & counter.mask(), bench.value(counter), counter::toString);
            }
        }
    }

    @OnEveryCpu(value = "HW-3 an overflow of a clock is heard behind the cycle in which the clock ticks", needs = Need.INTERRUPTS)
    void overflows(TestedCpu cpu) {
        for (TestedCounter counter : cpu.all()) {
            for (Clock clock : Clock.values()) {
                Optional<ClockEventModel> event = event(cpu, counter, clock);
                if (counter.has(FieldRole.INTERRUPT_ENABLE) && (event.isPresent() || counter.clock().equals(Optional.of(clock)))) {
                    for (long k = 1; k <= 3 && counter.takes(-k & counter.mask()); k++) {
                        assertOverflows(cpu, counter, clock, event, k);
                    }
                }
            }
        }
    }

    /** The {@code k}-th tick overflows, in the rest of a step that began 7 cycles behind a reset. */
    private static void assertOverflows(TestedCpu cpu, TestedCounter counter, Clock clock, Optional<ClockEventModel> event, long k) {
        long already = 7 + 2;
        long cycle = already + 1;
        while (ticks(cpu, clock, cycle) - ticks(cpu, clock, already) < k) {
            cycle++;
        }
        Bench bench = Bench.atRest(cpu);
        Step step = Step.of(cycle + 10).build();
        bench.pmu.lvtpc(Bench.NMI);
        bench.run(Step.of(7).build());
        // a PMI of another counter would stop here; a sibling's two cycles do not
        bench.pmu.runSibling(Step.of(2).build(), 0);
        start(bench, counter, event, Setting.INTERRUPT);
        bench.before(counter, k);
        assertEquals(cycle - already, bench.pmu.run(step, 0), () -> counter + " counts " + clock);
        assertEquals(ticks(cpu, clock, cycle) - ticks(cpu, clock, already) - k, bench.value(counter), counter::toString);
        bench.stop(counter);
        long left = step.cycles() - (cycle - already);
        assertEquals(step.cycles(), bench.pmu.run(step, cycle - already));
        bench.pmu.takePmi();
        bench.pmu.lvtpc(Bench.NMI);
        // once more from the middle of a step
        long begin = cycle + left;
        long end = begin + 1;
        while (ticks(cpu, clock, end) - ticks(cpu, clock, begin) < k) {
            end++;
        }
        start(bench, counter, event, Setting.INTERRUPT);
        bench.before(counter, k);
        assertEquals(5 + end - begin, bench.pmu.run(Step.of(end - begin + 15).build(), 5), () -> counter + " counts " + clock);
    }
}
