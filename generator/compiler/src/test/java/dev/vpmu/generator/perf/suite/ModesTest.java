package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.runtime.hardware.TransactionState;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where events count, and where they do not (domain.md §2.2, §4.5). */
class ModesTest {

    private static final int UNITS = 2;

    private static Asked asked(PerfCpu cpu) {
        return cpu.asked().unconstrained().get(0);
    }

    @OnEveryCpu("§4.1 an event counts in the rings that it does not exclude, on whichever counter it is")
    void rings(PerfCpu cpu) {
        List<Asked> everyCounter = new ArrayList<>(cpu.asked().fixedOnly());
        everyCounter.add(asked(cpu));
        for (Asked asked : everyCounter) {
            for (int excluded = 0; excluded < 4; excluded++) {
                Machine machine = Machine.of(cpu);
                EventAttributes.Builder attributes = asked.attributes();
                boolean user = (excluded & 1) != 0;
                boolean kernel = (excluded & 2) != 0;
                PerfEvent event = machine.open(kernel ? user ? attributes.excludeUser().excludeKernel() : attributes.excludeKernel()
                        : user ? attributes.excludeUser() : attributes);
                machine.run(1, 0, TransactionState.OUTSIDE);
                machine.run(2, 3, TransactionState.OUTSIDE);
                assertEquals(((kernel ? 0 : 1) + (user ? 0 : 2)) * cpu.work().of(asked), event.read(), event::toString);
                assertEquals(3 * Work.NANOS, event.timeRunning());
            }
        }
    }

    @OnEveryCpu("§4.1 the counters of a register that all share are programmed one by one")
    void together(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Asked> asked = Stream.concat(cpu.fixed().stream().map(counter -> cpu.asked().fixedOnly().stream()
                .filter(one -> one.onlyCounter() == counter.globalIndex()).findFirst().orElseThrow()),
                cpu.asked().unconstrained().subList(0, cpu.general().size()).stream()).toList();
        List<PerfEvent> events = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            EventAttributes.Builder attributes = asked.get(i).attributes();
            events.add(machine.open(i % 2 == 0 ? attributes.excludeUser() : attributes.excludeKernel()));
            machine.assertHardwareFollows();
        }
        machine.run(1, 0, TransactionState.OUTSIDE);
        machine.run(2, 3, TransactionState.OUTSIDE);
        for (int i = 0; i < asked.size(); i++) {
            assertEquals((i % 2 == 0 ? 1 : 2) * cpu.work().of(asked.get(i)), events.get(i).read(), events.get(i)::toString);
        }
        for (PerfEvent event : events) {
            machine.core.close(event);
            machine.assertHardwareFollows();
        }
    }

    @OnEveryCpu(value = "§4.5 a counter whose event excludes the host is not enabled outside guests; all others are, in use or not", needs = Need.GLOBAL_ENABLES)
    void excludeHost(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent ordinary = machine.open(asked(cpu).attributes("ORDINARY"));
        assertAllEnabledBut(machine, -1);
        PerfEvent guest = machine.open(cpu.asked().unconstrained().get(1).attributes("OF_GUESTS").excludeHost());
        assertAllEnabledBut(machine, guest.counter());
        machine.run(UNITS);
        machine.core.disable();
        machine.core.enable();
        assertAllEnabledBut(machine, guest.counter());
        machine.run(UNITS);
        assertEquals(0, guest.read());
        assertEquals(2 * UNITS * cpu.work().of(asked(cpu)), ordinary.read());
        assertTrue(machine.isStarted(cpu.counter(guest.counter())), "by its own control");
        machine.core.disable(guest);
        assertAllEnabledBut(machine, -1);
        machine.core.enable(guest);
        assertAllEnabledBut(machine, guest.counter());
        machine.core.close(guest);
        PerfEvent next = machine.open(cpu.asked().unconstrained().get(2).attributes("NEXT"));
        assertAllEnabledBut(machine, -1);
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().of(cpu.asked().unconstrained().get(2)), next.read());
    }

    @OnEveryCpu(value = "§4.5 nothing of that changes when a PMI is handled", needs = Need.GLOBAL_ENABLES)
    void afterPmi(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.open(asked(cpu).attributes("SAMPLED").period(100));
        PerfEvent guest = machine.open(cpu.asked().unconstrained().get(1).attributes("OF_GUESTS").excludeHost());
        machine.burst(asked(cpu), 100);
        assertEquals(List.of(1), machine.takeHandled());
        assertAllEnabledBut(machine, guest.counter());
    }

    @OnEveryCpu("§4.5 an event that excludes guests counts the host's work, and its counter is enabled there")
    void excludeGuest(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent event = machine.open(asked(cpu).attributes().excludeGuest());
        assertAllEnabledBut(machine, -1);
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().of(asked(cpu)), event.read());
    }

    private static void assertAllEnabledBut(Machine machine, int excluded) {
        for (TestedCounter counter : machine.cpu.counters()) {
            assertEquals(counter.globalIndex() != excluded, machine.isEnabled(counter), counter::toString);
        }
    }

    /* ------------------------------------------------------------- transactions */

    @OnEveryCpu(value = "§3.1 an event that aborted transactions are taken back from is on the counters that can do so only", needs = Need.CHECKPOINTED)
    void checkpointed(PerfCpu cpu) {
        Asked asked = cpu.asked().modified(FieldRole.CHECKPOINTED).orElseThrow();
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = new ArrayList<>();
        for (long free = asked.allowed(); free != 0; free &= free - 1) {
            events.add(machine.open(asked.attributes()));
            machine.assertOn(Long.numberOfTrailingZeros(free), events.get(events.size() - 1));
        }
        machine.assertWaits(machine.open(asked.attributes()));
        machine.run(1);
        machine.run(3, 0, TransactionState.ABORTED);
        machine.run(1, 0, TransactionState.COMMITTED);
        events.forEach(event -> assertEquals(2 * cpu.work().of(asked), event.read(), event::toString));
    }

    @OnEveryCpu(value = "§4.6 its count goes back when its counter does: that of a transaction which was looked at before it was aborted", needs = Need.CHECKPOINTED)
    void goesBack(PerfCpu cpu) {
        Asked asked = cpu.asked().modified(FieldRole.CHECKPOINTED).orElseThrow();
        Machine machine = Machine.of(cpu);
        PerfEvent event = machine.open(asked.attributes());
        machine.run(1);
        assertEquals(cpu.work().of(asked), event.read());
        TestedCounter counter = cpu.counter(event.counter());
        long before = machine.value(event.counter()) - 7 & counter.mask();
        machine.hardware.wrmsr((int) counter.writing(before).orElseThrow().addressOf(counter.index()), before);
        assertEquals(cpu.work().of(asked) - 7, event.read());
        machine.run(1);
        assertEquals(2 * cpu.work().of(asked) - 7, event.read());
    }

    @OnEveryCpu(value = "§2.11 it cannot be sampled", needs = Need.CHECKPOINTED)
    void checkpointedSampling(PerfCpu cpu) {
        Asked asked = cpu.asked().modified(FieldRole.CHECKPOINTED).orElseThrow();
        Machine machine = Machine.of(cpu);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> machine.open(asked.attributes("TAKEN_BACK").period(1_000)));
        assertTrue(refusal.getMessage().contains("TAKEN_BACK"), refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> machine.open(asked.attributes().frequency(1_000)));
        assertEquals(0, machine.system.activeEvents());
        assertEquals(List.of(), machine.core.cpuContext().events());
        assertFalse(machine.open(asked.attributes()).attributes().isSampling());
    }
}
