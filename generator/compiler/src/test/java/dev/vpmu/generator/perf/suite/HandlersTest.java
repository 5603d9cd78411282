package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.ArrayList;
import java.util.List;

/** What an overflow handler does takes effect when the NMI handler is through (domain.md §4.7). */
class HandlersTest {

    private static final long PERIOD = 1_000;

    private static Asked asked(PerfCpu cpu) {
        return cpu.asked().unconstrained().get(0);
    }

    private static EventAttributes.Builder sampled(PerfCpu cpu) {
        return asked(cpu).attributes().period(PERIOD);
    }

    private static PerfEvent open(Machine machine, EventAttributes.Builder attributes, OverflowHandler handler) {
        return machine.open(machine.core.cpuContext(), attributes, handler);
    }

    private static void periods(Machine machine, int times) {
        for (int i = 0; i < times; i++) {
            machine.burst(asked(machine.cpu), PERIOD);
            machine.assertHardwareFollows();
            machine.cpu.counters().forEach(counter -> assertTrue(machine.isEnabled(counter), counter::toString));
        }
    }

    @OnEveryCpu("§4.7 a handler can give its event another period")
    void setsPeriod(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent event = open(machine, sampled(cpu), (sampled, period) -> machine.core.setPeriod(sampled, 2 * PERIOD));
        periods(machine, 1);
        assertEquals(2 * PERIOD, machine.left(event.counter()));
        periods(machine, 1);
        assertEquals(1, event.samples());
        periods(machine, 1);
        assertEquals(2, event.samples());
        assertEquals(3 * PERIOD, event.read());
    }

    @OnEveryCpu("§4.7 a handler can disable or close its event; the others go on")
    void stopsItself(PerfCpu cpu) {
        for (boolean closes : new boolean[] {false, true}) {
            Machine machine = Machine.of(cpu);
            PerfEvent event = open(machine, sampled(cpu), (sampled, period) -> {
                if (closes) {
                    machine.core.close(sampled);
                } else {
                    machine.core.disable(sampled);
                }
            });
            PerfEvent other = machine.open(asked(cpu).attributes("OTHER"));
            periods(machine, 3);
            assertEquals(State.OFF, event.state());
            assertEquals(1, event.samples());
            assertEquals(PERIOD, event.read());
            assertEquals(3 * PERIOD, other.read());
            assertEquals(closes ? 1 : 2, machine.system.activeEvents());
        }
    }

    @OnEveryCpu("§4.7 a handler can close another event that overflowed with its own")
    void closesAnother(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = new ArrayList<>();
        events.add(open(machine, sampled(cpu), (sampled, period) -> {
            if (events.get(1).state() == State.ACTIVE) {
                machine.core.close(events.get(1));
            }
        }));
        events.add(open(machine, asked(cpu).attributes("CLOSED").period(PERIOD), OverflowHandler.NONE));
        periods(machine, 2);
        assertEquals(2, events.get(0).samples());
        assertEquals(2 * PERIOD, events.get(0).read());
        assertEquals(0, events.get(1).samples());
        assertEquals(PERIOD, events.get(1).read());
    }

    @OnEveryCpu("§4.7 a handler can open events and enable them; they count from then on")
    void opensAnother(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> opened = new ArrayList<>();
        PerfEvent waiting = machine.open(asked(cpu).attributes("WAITING").disabled());
        long only = 1L << cpu.general().get(0).globalIndex();
        open(machine, asked(cpu).attributes("SAMPLED").period(PERIOD).pinned(), (sampled, period) -> {
            if (opened.isEmpty()) {
                opened.add(machine.open(asked(cpu).attributes("OPENED").counters(only)));
                machine.core.disable(opened.get(0));
                machine.core.enable(waiting);
            }
        });
        periods(machine, 1);
        assertEquals(State.ACTIVE, waiting.state());
        assertEquals(0, waiting.read());
        periods(machine, 2);
        assertEquals(2 * PERIOD, waiting.read());
        machine.core.disable();
        machine.core.enable();
        periods(machine, 1);
        assertEquals(3 * PERIOD, waiting.read());
        assertEquals(0, opened.get(0).read());
    }

    @OnEveryCpu("§4.7 a handler that rotates gives others their turn")
    void rotates(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent sampled = open(machine, sampled(cpu).pinned(), (event, period) -> machine.core.rotate());
        List<PerfEvent> events = new ArrayList<>();
        for (int i = 0; i < cpu.general().size(); i++) {
            events.add(machine.open(asked(cpu).attributes("TURN_" + i)));
        }
        periods(machine, events.size());
        assertEquals(events.size() * PERIOD, sampled.read());
        events.forEach(event -> assertEquals((events.size() - 1) * PERIOD, event.read(), event::toString));
    }

    @OnEveryCpu("§4.7 an event with too many samples whose handler begins anew with it goes on")
    void beginsAnew(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.system.samplesPerTick(1);
        PerfEvent event = open(machine, sampled(cpu), (sampled, period) -> machine.core.setPeriod(sampled, PERIOD));
        periods(machine, 4);
        assertEquals(4, event.samples());
        assertEquals(4 * PERIOD, event.read());
        assertFalse(event.isThrottled());

        Machine other = Machine.of(cpu);
        other.system.samplesPerTick(1);
        PerfEvent stopping = open(other, sampled(cpu), (sampled, period) -> {
            if (sampled.samples() == 2) {
                other.core.disable(sampled);
            }
        });
        periods(other, 3);
        assertEquals(State.OFF, stopping.state());
        other.core.enable(stopping);
        assertFalse(stopping.isThrottled());
        periods(other, 1);
        assertEquals(3, stopping.samples());
    }
}
