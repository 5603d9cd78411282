package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.hardware.Step;
import java.util.Optional;

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
                    assertTicks(cpu, counter, clock, event);
                }
            }
        }
    }

    private static void assertTicks(TestedCpu cpu, TestedCounter counter, Clock clock, Optional<ClockEventModel> event) {
        Bench bench = Bench.atRest(cpu);
        bench.start(counter);
        event.ifPresent(selected -> {
            Setting[] modes = counter.control().knows(FieldRole.ENABLE) ? new Setting[] {Setting.KERNEL, Setting.ENABLE} : new Setting[] {Setting.KERNEL};
            bench.programEvent(counter, new Loops.Selected(selected.code(), selected.umask()).with(modes));
        });
        bench.value(counter, 0);
        long time = 0;
        for (long cycles : CYCLES) {
            bench.run(Step.of(cycles).build());
            time += cycles;
            assertEquals(ticks(cpu, clock, time) & counter.mask(), bench.value(counter), counter + " counts " + clock + " for " + time + " cycles");
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
}
