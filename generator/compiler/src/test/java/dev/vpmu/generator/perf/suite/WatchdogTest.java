package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.TransactionState;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.ArrayList;
import java.util.List;

/** The NMI watchdog is an event among others, and comes first (domain.md §4.2, PERF-11). */
class WatchdogTest {

    private static final int UNITS = 10;
    private static final int SAMPLES = 5;

    private static boolean isFixed(PerfCpu cpu, int counter) {
        return !cpu.counter(counter).isProgrammable();
    }

    @OnEveryCpu(value = "PERF-11 the watchdog occupies the fixed counter of cycles, or the lowest general one; it counts cycles in every ring",
            needs = Need.CYCLES)
    void occupiesACounter(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent watchdog = machine.watchdog();
        assertTrue(watchdog.attributes().isPinned());
        assertSame(machine.core.cpuContext(), watchdog.context());
        assertFalse(watchdog.attributes().excludesHost() || watchdog.attributes().excludesGuest() || watchdog.attributes().excludesKernel()
                || watchdog.attributes().excludesUser());
        machine.assertOn(Need.cyclesCounter(cpu).orElse(Long.numberOfTrailingZeros(cpu.asked().cycles().getAsLong())), watchdog);
        assertSame(watchdog, machine.core.watchdog(true), "there is one");
        machine.run(UNITS, 0, TransactionState.OUTSIDE);
        machine.run(UNITS, 3, TransactionState.OUTSIDE);
        assertEquals(2 * UNITS * cpu.work().cycles(), watchdog.read());
    }

    @OnEveryCpu(value = "PERF-11 switched off it gives the counter back", needs = Need.CYCLES)
    void givesItBack(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        int counter = Machine.of(cpu).watchdog().counter();
        // it must not find another one
        cpu.general().stream().filter(general -> general.globalIndex() != counter)
                .forEach(general -> machine.open(cpu.asked().unconstrained().get(0).attributes().counters(1L << general.globalIndex()).pinned()));
        assertEquals(counter, machine.watchdog().counter());
        EventContext task = EventContext.ofTask("task");
        machine.core.scheduleIn(task);
        Asked asked = isFixed(cpu, counter) ? cpu.asked().fixedOnly().stream().filter(event -> event.first() == counter).findFirst().orElseThrow()
                : cpu.asked().unconstrained().get(0);
        PerfEvent pinned = machine.open(task, asked.attributes("PINNED").counters(1L << counter).pinned());
        PerfEvent flexible = machine.open(task, asked.attributes("FLEXIBLE").counters(1L << counter));
        machine.assertErred(pinned);
        machine.assertWaits(flexible);
        assertNull(machine.core.watchdog(false));
        machine.assertHardwareFollows();
        machine.core.rotate();
        machine.assertOn(counter, flexible);
        machine.core.enable(pinned);
        machine.assertOn(counter, pinned);
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().of(asked), pinned.read());
    }

    @OnEveryCpu(value = "PERF-11 where the fixed counter is pinned already it takes a general one, if its cycles can be counted there", needs = Need.CYCLES_ON_BOTH)
    void elsewhere(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        int fixed = Need.cyclesCounter(cpu).orElseThrow();
        PerfEvent pinned = machine.open(EventAttributes.onCounter("PINNED", fixed, 0).pinned());
        PerfEvent watchdog = machine.watchdog();
        machine.assertOn(fixed, pinned);
        machine.assertOn(Long.numberOfTrailingZeros(cpu.asked().cycles().getAsLong() & ~(1L << fixed)), watchdog);
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().cycles(), watchdog.read());
    }

    @OnEveryCpu(value = "PERF-11 it has its counter, though events that want it were there first; pinned ones of the CPU can leave it none", needs = Need.CYCLES)
    void amongOthers(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        EventContext task = EventContext.ofTask("task");
        machine.core.scheduleIn(task);
        int counter = Machine.of(cpu).watchdog().counter();
        List<Asked> wanted = isFixed(cpu, counter) ? cpu.asked().fixedOnly().stream().filter(event -> event.first() == counter).limit(1).toList()
                : cpu.asked().unconstrained().subList(0, cpu.general().size());
        List<PerfEvent> ofTask = new ArrayList<>();
        wanted.forEach(asked -> ofTask.add(machine.open(task, asked.attributes().pinned())));
        ofTask.forEach(event -> assertEquals(PerfEvent.State.ACTIVE, event.state()));
        PerfEvent watchdog = machine.watchdog();
        assertEquals(PerfEvent.State.ACTIVE, watchdog.state());
        machine.core.watchdog(false);
        wanted.forEach(asked -> machine.open(asked.attributes().pinned()));
        if (isFixed(cpu, counter) && Need.CYCLES_ON_BOTH.isMetBy(cpu)) {
            cpu.asked().unconstrained().subList(0, cpu.general().size()).forEach(asked -> machine.open(asked.attributes().pinned()));
        }
        machine.assertErred(machine.watchdog());
    }

    @OnEveryCpu(value = "PERF-11 it bites every so many cycles", needs = Need.CYCLES)
    void bites(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.system.watchdogCycles(UNITS * cpu.work().cycles());
        PerfEvent watchdog = machine.watchdog();
        machine.run(UNITS * SAMPLES);
        assertEquals(SAMPLES, watchdog.samples());
    }

    @OnEveryCpu(value = "PERF-11 a CPU that cannot count cycles has no watchdog", needs = Need.NO_CYCLES)
    void withoutCycles(PerfCpu cpu) {
        assertThrows(IllegalStateException.class, () -> Machine.of(cpu).core.watchdog(true));
    }
}
