package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.TransactionState;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.List;

/** Too many samples, and periods that follow a frequency (domain.md §4.7). */
class ThrottlingTest {

    private static final long PERIOD = 1_000;
    private static final int MOST = 3;
    private static final int TICKS = 60;
    private static final long TICK_NANOS = 4_000_000;

    private static Asked asked(PerfCpu cpu) {
        return cpu.asked().unconstrained().get(0);
    }

    private static Machine throttling(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.system.samplesPerTick(MOST);
        return machine;
    }

    private static void periods(Machine machine, int times) {
        for (int i = 0; i < times; i++) {
            machine.burst(asked(machine.cpu), PERIOD);
        }
    }

    @OnEveryCpu("§4.7 an event with too many samples in a tick stops until the next one, and is on the PMU all the time")
    void throttled(PerfCpu cpu) {
        Machine machine = throttling(cpu);
        PerfEvent event = machine.open(asked(cpu).attributes("STOPS").period(PERIOD));
        PerfEvent other = machine.open(asked(cpu).attributes("GOES_ON"));
        periods(machine, MOST);
        assertFalse(event.isThrottled());
        machine.watcher.take();
        periods(machine, 3);
        assertTrue(event.isThrottled());
        assertEquals(List.of("STOPS throttled"), machine.watcher.take());
        assertEquals(MOST + 1, event.samples());
        assertEquals((MOST + 1) * PERIOD, event.read());
        assertEquals(State.ACTIVE, event.state());
        machine.assertHardwareFollows();
        machine.core.tick();
        assertFalse(event.isThrottled());
        assertEquals(List.of("STOPS unthrottled"), machine.watcher.take());
        machine.assertHardwareFollows();
        periods(machine, MOST);
        assertFalse(event.isThrottled());
        assertEquals(2 * MOST + 1, event.samples());
        assertEquals((2 * MOST + 1) * PERIOD, event.read());
        assertEquals(event.timeEnabled(), event.timeRunning());
        assertEquals((2 * MOST + 3) * PERIOD, other.read());
    }

    @OnEveryCpu("§4.7 an event that is throttled stays so while the PMU is disabled, and when it moves")
    void throttledMoves(PerfCpu cpu) {
        Machine machine = throttling(cpu);
        PerfEvent event = machine.open(asked(cpu).attributes("STOPS").period(PERIOD).pinned());
        int counter = event.counter();
        periods(machine, MOST + 1);
        assertTrue(event.isThrottled());
        machine.core.disable();
        machine.core.enable();
        machine.assertHardwareFollows();
        PerfEvent single = machine.open(cpu.asked().unconstrained().get(1).attributes("COMES").counters(1L << counter));
        assertTrue(event.isThrottled());
        assertTrue(event.counter() >= 0 && event.counter() != counter, event::toString);
        machine.assertOn(counter, single);
        periods(machine, 2);
        assertEquals((MOST + 1) * PERIOD, event.read());
        machine.core.tick();
        machine.assertHardwareFollows();
        periods(machine, 1);
        assertEquals(MOST + 2, event.samples());
        assertEquals((MOST + 2) * PERIOD, event.read());
    }

    @OnEveryCpu("§4.7 an event that is disabled and enabled again is no longer throttled")
    void disabledAndEnabled(PerfCpu cpu) {
        Machine machine = throttling(cpu);
        PerfEvent event = machine.open(asked(cpu).attributes().period(PERIOD));
        periods(machine, MOST + 1);
        assertTrue(event.isThrottled());
        machine.core.disable(event);
        machine.core.enable(event);
        assertFalse(event.isThrottled());
        machine.assertHardwareFollows();
        periods(machine, 1);
        assertEquals((MOST + 2) * PERIOD, event.read());
    }

    @OnEveryCpu("§4.7 so is one that is given another period")
    void newPeriod(PerfCpu cpu) {
        Machine machine = throttling(cpu);
        PerfEvent event = machine.open(asked(cpu).attributes("STOPS").period(PERIOD));
        periods(machine, MOST + 1);
        machine.watcher.take();
        machine.core.setPeriod(event, PERIOD / 2);
        assertFalse(event.isThrottled());
        assertEquals(List.of("STOPS unthrottled"), machine.watcher.take());
        machine.assertHardwareFollows();
        periods(machine, MOST);
        assertFalse(event.isThrottled());
        periods(machine, 1);
        assertTrue(event.isThrottled(), "as many as in a tick");
        assertEquals((2 * MOST + 2) * PERIOD, event.read());
    }

    @OnEveryCpu("§4.7 samples are counted for each tick")
    void eachTick(PerfCpu cpu) {
        Machine machine = throttling(cpu);
        PerfEvent event = machine.open(asked(cpu).attributes().period(PERIOD));
        for (int tick = 1; tick < 5; tick++) {
            periods(machine, MOST);
            assertFalse(event.isThrottled());
            machine.core.tick();
        }
        assertEquals(4 * MOST, event.samples());
    }

    @OnEveryCpu("§4.7 a frequency finds its period, and follows when there is more or less to count")
    void frequency(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        long perSecond = 10_000;
        PerfEvent event = machine.open(asked(cpu).attributes().frequency(perSecond));
        long units = TICK_NANOS / Work.NANOS;
        // as much, half as much and twice as much in the same time
        for (long nanos : new long[] {TICK_NANOS, 2 * TICK_NANOS, TICK_NANOS / 2}) {
            long before = 0;
            for (int tick = 0; tick < TICKS; tick++) {
                if (tick == TICKS / 2) {
                    before = event.samples();
                }
                machine.run(cpu.work().step(units, 0, TransactionState.OUTSIDE), nanos);
                machine.core.tick();
            }
            double expected = (double) perSecond * nanos * (TICKS / 2) / 1_000_000_000;
            assertEquals(expected, event.samples() - before, expected / 5, () -> "period " + event.samplePeriod());
        }
    }
}
