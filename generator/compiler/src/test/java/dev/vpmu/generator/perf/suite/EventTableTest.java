package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.List;

/** The events that a CPU's file names. */
class EventTableTest {

    /** Where perf puts an event alone on the PMU; -1 if it refuses it. */
    private static int counter(Machine machine, PmuEvent event) {
        PerfEvent opened = machine.open(machine.cpu.door().attributes(event));
        assertEquals(State.ACTIVE, opened.state(), event::name);
        int counter = opened.counter();
        machine.assertHardwareFollows();
        machine.core.close(opened);
        return counter;
    }

    @OnEveryCpu("§3.1 every event that a CPU's file names is on one of the counters that can hold it")
    void everyEvent(PerfCpu cpu) {
        long there = cpu.counters().stream().mapToLong(counter -> 1L << counter.globalIndex()).sum();
        for (EventModel model : cpu.model().events()) {
            PmuEvent event = cpu.door().events().find(model.name()).orElseThrow();
            Machine machine = Machine.of(cpu);
            if (model.encoding() instanceof EventEncoding.Metric) {
                assertThrows(IllegalArgumentException.class, () -> cpu.door().attributes(event));
            } else if (!isPeculiar(cpu, model.encoding()) && (model.counters() & there) != 0) {
                int counter = counter(machine, event);
                boolean asFixed = model.encoding() instanceof EventEncoding.Fixed fixed && fixed.globalIndex() == counter;
                assertTrue(asFixed || !(model.encoding() instanceof EventEncoding.Fixed) && (model.counters() >>> counter & 1) != 0, () -> event.name() + " on " + counter);
            }
        }
    }

    /** Whether it takes two counters, or needs a register that cannot be given its value. */
    private static boolean isPeculiar(PerfCpu cpu, EventEncoding encoding) {
        return encoding instanceof EventEncoding.Programmable event
                && (cpu.asked().paired().stream().anyMatch(asked -> event.code() == asked.code() && event.umask() == asked.umask())
                || cpu.asked().extras().contain(event.code(), event.umask()) && cpu.asked().extras().all().stream()
                        .noneMatch(known -> known.row().code() == event.code() && known.row().umask() == event.umask()));
    }

    @OnEveryCpu(value = "§3.1 the event of a fixed counter with a row of its own can be on others, too; any other cannot", needs = Need.FIXED)
    void fixedElsewhere(PerfCpu cpu) {
        for (EventModel model : cpu.model().events()) {
            if (model.encoding() instanceof EventEncoding.Fixed fixed) {
                PmuEvent event = cpu.door().events().find(model.name()).orElseThrow();
                Machine machine = Machine.of(cpu);
                List<PerfEvent> events = List.of(machine.open(cpu.door().attributes(event)), machine.open(cpu.door().attributes(event)));
                assertEquals(fixed.globalIndex(), events.get(0).counter(), event::name);
                boolean isElsewhere = fixed.control() == 0
                        && cpu.asked().both().stream().anyMatch(asked -> (asked.allowed() >>> fixed.globalIndex() & 1) != 0);
                assertEquals(isElsewhere ? State.ACTIVE : State.INACTIVE, events.get(1).state(), event::name);
                machine.assertHardwareFollows();
            }
        }
    }
}
