package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.ArrayList;
import java.util.List;

/** What a counter begins with, and when a sample is due (domain.md §4.6, PERF-12). */
class PeriodsTest {

    private static final long PERIOD = 100;
    private static final long UNITS = 20;

    /** An event that is sampled on the lowest general counter. */
    private static PerfEvent sampled(Machine machine, long period, List<Long> samples) {
        return machine.open(machine.core.cpuContext(), machine.cpu.asked().unconstrained().get(0).attributes().period(period),
                (event, stands) -> samples.add(stands));
    }

    private static Asked asked(PerfCpu cpu) {
        return cpu.asked().unconstrained().get(0);
    }

    private static int lowest(PerfCpu cpu) {
        return cpu.general().get(0).globalIndex();
    }

    @OnEveryCpu("§4.6 a counter begins a period before 0, and begins the next one short of what came too late")
    void lateByLessThanAPeriod(PerfCpu cpu) {
        for (long late = 0; late < PERIOD; late += 7) {
            Machine machine = Machine.of(cpu);
            List<Long> samples = new ArrayList<>();
            PerfEvent event = sampled(machine, PERIOD, samples);
            assertEquals(PERIOD, machine.left(lowest(cpu)));
            machine.burst(asked(cpu), PERIOD + late);
            assertEquals(Math.max(2, PERIOD - late), machine.left(lowest(cpu)));
            assertEquals(List.of(PERIOD), samples);
            assertEquals(PERIOD + late, event.read());
            assertEquals(List.of(1), machine.takeHandled());
        }
    }

    @OnEveryCpu("§4.6 one that is late by a period or more begins anew")
    void lateByMore(PerfCpu cpu) {
        for (long late : new long[] {PERIOD, PERIOD + 1, 3 * PERIOD + 5}) {
            Machine machine = Machine.of(cpu);
            List<Long> samples = new ArrayList<>();
            PerfEvent event = sampled(machine, PERIOD, samples);
            machine.burst(asked(cpu), PERIOD + late);
            assertEquals(PERIOD, machine.left(lowest(cpu)));
            assertEquals(List.of(PERIOD), samples);
            assertEquals(PERIOD + late, event.read());
        }
    }

    @OnEveryCpu("§4.6 a counter never begins at less than 2 before 0")
    void atLeastTwo(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Long> samples = new ArrayList<>();
        sampled(machine, PERIOD, samples);
        machine.burst(asked(cpu), 2 * PERIOD - 1);
        assertEquals(2, machine.left(lowest(cpu)));
        machine.burst(asked(cpu), 1);
        assertEquals(1, samples.size());
        machine.burst(asked(cpu), 1);
        assertEquals(2, samples.size());

        Machine other = Machine.of(cpu);
        samples.clear();
        PerfEvent one = sampled(other, 1, samples);
        assertEquals(2, other.left(lowest(cpu)));
        for (int i = 0; i < 10; i++) {
            other.burst(asked(cpu), 1);
        }
        assertEquals(5, samples.size());
        assertEquals(10, one.read());
    }

    @OnEveryCpu("§4.6 as many samples are taken as periods fit into the work, however often the count is read")
    void manySamples(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Long> samples = new ArrayList<>();
        PerfEvent event = sampled(machine, PERIOD, samples);
        for (int i = 0; i < UNITS; i++) {
            machine.run(1);
            assertEquals((i + 1) * cpu.work().of(asked(cpu)), event.read());
        }
        assertEquals(UNITS * cpu.work().of(asked(cpu)) / PERIOD, samples.size());
        assertEquals(samples.size(), event.samples());
    }

    @OnEveryCpu("§4.6 a period that no counter can hold is counted in parts of about half its range, without samples in between")
    void longerThanTheCounter(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        long longest = PerfCpu.longest(cpu.counter(lowest(cpu)));
        // work brings no more in a step, and a step takes no time here
        long part = Math.min(longest + 2, 1L << 29);
        long period = 3 * Math.min(longest, Long.MAX_VALUE / 8) + 1_000;
        List<Long> samples = new ArrayList<>();
        PerfEvent event = sampled(machine, period, samples);
        assertEquals(Math.min(longest, period), machine.left(lowest(cpu)), 2);
        if (longest > 1L << 34) {
            return;
        }
        long done = 0;
        while (done + part < period) {
            machine.burst(asked(cpu), part);
            done += part;
            assertEquals(done, event.read());
            assertEquals(List.of(), samples, () -> "after " + event.read() + " of " + period);
        }
        assertTrue(machine.takeHandled().size() >= 2);
        machine.burst(asked(cpu), period - done);
        assertEquals(List.of(period), samples);
    }

    @OnEveryCpu("§4.6 an event that only counts takes no samples, and loses nothing when its counter overflows")
    void onlyCounts(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent event = machine.open(asked(cpu).attributes());
        long longest = PerfCpu.longest(cpu.counter(lowest(cpu)));
        assertEquals(longest, machine.left(lowest(cpu)), 2);
        long part = Math.min(longest / 2 + 3, 1L << 29);
        for (int i = 1; i <= 16; i++) {
            machine.burst(asked(cpu), part);
            assertEquals(i * part, event.read());
        }
        assertEquals(0, event.samples());
    }

    @OnEveryCpu("§4.6 a new period begins at once; an event that is not on the PMU begins with it when it is")
    void newPeriod(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Long> samples = new ArrayList<>();
        PerfEvent event = sampled(machine, PERIOD, samples);
        machine.burst(asked(cpu), PERIOD / 2);
        machine.core.setPeriod(event, 3 * PERIOD);
        assertEquals(3 * PERIOD, machine.left(lowest(cpu)));
        assertEquals(3 * PERIOD, event.samplePeriod());
        machine.assertOn(lowest(cpu), event);
        machine.burst(asked(cpu), 3 * PERIOD);
        assertEquals(List.of(3 * PERIOD), samples);
        machine.core.disable(event);
        machine.core.setPeriod(event, 2 * PERIOD);
        machine.core.enable(event);
        assertEquals(2 * PERIOD, machine.left(lowest(cpu)));
        machine.burst(asked(cpu), 2 * PERIOD);
        assertEquals(List.of(3 * PERIOD, 2 * PERIOD), samples);
        assertEquals(PERIOD / 2 + 5 * PERIOD, event.read());
    }

    @OnEveryCpu("§4.6 what is left of a period is kept while the event is off the PMU")
    void interrupted(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Long> samples = new ArrayList<>();
        PerfEvent event = sampled(machine, PERIOD, samples);
        machine.burst(asked(cpu), 60);
        machine.core.disable(event);
        machine.burst(asked(cpu), PERIOD);
        machine.core.enable(event);
        assertEquals(PERIOD - 60, machine.left(lowest(cpu)));
        machine.burst(asked(cpu), PERIOD - 61);
        assertEquals(List.of(), samples);
        machine.burst(asked(cpu), 1);
        assertEquals(List.of(PERIOD), samples);
    }

    @OnEveryCpu("§4.6 only an event with a period can be given another, and none below 1")
    void noPeriod(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent counting = machine.open(asked(cpu).attributes("COUNTING"));
        PerfEvent following = machine.open(asked(cpu).attributes("FOLLOWING").frequency(1_000));
        assertThrows(IllegalArgumentException.class, () -> machine.core.setPeriod(counting, PERIOD));
        assertThrows(IllegalArgumentException.class, () -> machine.core.setPeriod(following, PERIOD));
        machine.core.close(counting);
        PerfEvent sampled = machine.open(asked(cpu).attributes("SAMPLED").period(PERIOD));
        assertThrows(IllegalArgumentException.class, () -> machine.core.setPeriod(sampled, 0));
        assertThrows(IllegalArgumentException.class, () -> machine.core.setPeriod(sampled, -1));
        assertEquals(PERIOD, sampled.samplePeriod());
    }

    /* ------------------------------------------------------------- least periods */

    private static long zeros(PeriodModel row) {
        return (1L << row.zeroBits()) - 1;
    }

    @OnEveryCpu(value = "PERF-12 a period below the smallest is refused, at opening and later, and then the old one stays", needs = Need.PERIODS)
    void leastPeriod(PerfCpu cpu) {
        for (AskedEvents.Periodic periodic : cpu.asked().periodic()) {
            long least = Math.max(periodic.row().minimum(), 1) + zeros(periodic.row()) & ~zeros(periodic.row());
            Machine machine = Machine.of(cpu);
            for (long below = 1; below < least; below = below * 2 + 1) {
                long period = below;
                IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class,
                        () -> machine.open(periodic.asked().attributes("TOO_OFTEN").period(period)));
                assertTrue(refusal.getMessage().contains("TOO_OFTEN") && refusal.getMessage().contains(Long.toString(least)), refusal.getMessage());
            }
            assertEquals(0, machine.system.activeEvents());
            List<Long> samples = new ArrayList<>();
            PerfEvent event = machine.open(machine.core.cpuContext(), periodic.asked().attributes().period(least), (sampled, period) -> samples.add(period));
            assertEquals(least, machine.left(event.counter()));
            machine.journal.take();
            assertThrows(IllegalArgumentException.class, () -> machine.core.setPeriod(event, least - 1));
            assertEquals(List.of(), machine.journal.take());
            assertEquals(least, event.samplePeriod());
            machine.burst(periodic.asked(), least);
            assertEquals(List.of(least), samples);
            machine.core.setPeriod(event, 4 * least);
            assertEquals(4 * least, machine.left(event.counter()));
        }
    }

    @OnEveryCpu(value = "PERF-12 what a counter begins with has zeros where the row wants them, and is never less than it says", needs = Need.PERIODS)
    void zeroBits(PerfCpu cpu) {
        for (AskedEvents.Periodic periodic : cpu.asked().periodic()) {
            long zeros = zeros(periodic.row());
            long least = Math.max(periodic.row().minimum(), 1) + zeros & ~zeros;
            long period = 3 * least + zeros;
            Machine machine = Machine.of(cpu);
            PerfEvent event = machine.open(periodic.asked().attributes().period(period));
            assertEquals(period & ~zeros, machine.left(event.counter()));
            machine.burst(periodic.asked(), period & ~zeros);
            assertEquals(zeros == 0 ? 1 : 0, event.samples(), "what is left is to come yet");
            assertEquals(zeros == 0 ? period : least, machine.left(event.counter()));
            if (zeros != 0) {
                machine.burst(periodic.asked(), least);
                assertEquals(1, event.samples());
            }
            Machine other = Machine.of(cpu);
            PerfEvent counting = other.open(periodic.asked().attributes());
            assertEquals(0, other.left(counting.counter()) & zeros, "without samples, too");
        }
    }

    @OnEveryCpu(value = "PERF-12 modifiers change nothing of it where the row does not ask for them", needs = {Need.PERIODS, Need.THRESHOLD})
    void withModifiers(PerfCpu cpu) {
        for (AskedEvents.Periodic periodic : cpu.asked().periodic()) {
            if (periodic.row().minimum() > 1) {
                Asked modified = cpu.asked().modified(periodic.asked(), FieldRole.THRESHOLD).orElseThrow();
                assertThrows(IllegalArgumentException.class,
                        () -> Machine.of(cpu).open(modified.attributes().period(periodic.row().minimum() - 1)));
            }
        }
    }
}
