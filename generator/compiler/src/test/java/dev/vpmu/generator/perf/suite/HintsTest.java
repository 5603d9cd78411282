package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.hardware.suite.WordPart;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Events stay where they are, and come back to where they were (domain.md §4.3 to §4.5, PERF-6 and PERF-10). */
class HintsTest {

    private static final int UNITS = 3;

    private final EventContext task = EventContext.ofTask("task");

    private static int general(PerfCpu cpu, int index) {
        return cpu.general().get(index).globalIndex();
    }

    @OnEveryCpu("PERF-6 an event that is disabled and enabled again gets the counter that it had, though a lower one is free")
    void comesBack(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = machine.open(cpu.asked().unconstrained().subList(0, 2));
        machine.run(UNITS);
        events.forEach(machine.core::disable);
        machine.assertHardwareFollows();
        machine.run(UNITS);
        machine.core.enable(events.get(1));
        machine.assertOn(general(cpu, 1), events.get(1));
        machine.run(UNITS);
        machine.core.enable(events.get(0));
        machine.assertOn(general(cpu, 0), events.get(0));
        machine.assertOn(general(cpu, 1), events.get(1));
        assertEquals(2 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(1)), events.get(1).read());
        assertEquals(2 * UNITS * Work.NANOS, events.get(1).timeRunning());
    }

    @OnEveryCpu("PERF-6 so does an event whose task has been away")
    void taskComesBack(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.core.scheduleIn(task);
        List<PerfEvent> events = cpu.asked().unconstrained().subList(0, 2).stream().map(asked -> machine.open(task, asked.attributes())).toList();
        machine.core.close(events.get(0));
        for (int time = 0; time < UNITS; time++) {
            machine.core.scheduleOut();
            machine.run(1);
            machine.assertWaits(events.get(1));
            machine.core.scheduleIn(task);
            machine.run(1);
            machine.assertOn(general(cpu, 1), events.get(1));
        }
        assertEquals(UNITS * cpu.work().of(cpu.asked().unconstrained().get(1)), events.get(1).read());
    }

    @OnEveryCpu("PERF-6 with an event that is new, or whose counter is taken, all are placed anew: in order, from the lowest counter")
    void newcomer(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = machine.open(cpu.asked().unconstrained().subList(0, 2));
        machine.run(UNITS);
        machine.core.disable(events.get(0));
        machine.assertOn(general(cpu, 1), events.get(1));
        PerfEvent newcomer = machine.open(cpu.asked().unconstrained().get(2).attributes());
        machine.assertOn(general(cpu, 0), events.get(1));
        machine.assertOn(general(cpu, 1), newcomer);
        machine.run(UNITS);
        machine.core.close(newcomer);
        machine.core.enable(events.get(0));
        machine.assertOn(general(cpu, 0), events.get(0));
        machine.assertOn(general(cpu, 1), events.get(1));
        machine.run(UNITS);
        assertEquals(3 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(1)), events.get(1).read());
        assertEquals(2 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(0)), events.get(0).read());
        assertEquals(UNITS * cpu.work().of(cpu.asked().unconstrained().get(2)), newcomer.read());
    }

    @OnEveryCpu("PERF-10 disabling and enabling the PMU with nothing added moves nothing and writes no counter, and nothing counts meanwhile")
    void disableAndEnable(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = machine.open(cpu.asked().unconstrained().subList(0, 2));
        machine.core.close(events.get(0));
        machine.run(UNITS);
        long value = machine.value(general(cpu, 1));
        machine.journal.take();
        machine.watcher.take();
        machine.core.disable();
        machine.core.disable();
        machine.run(UNITS);
        machine.core.enable();
        machine.run(UNITS);
        assertEquals(value, machine.value(general(cpu, 1)), "still disabled");
        machine.core.enable();
        machine.assertOn(general(cpu, 1), events.get(1));
        assertEquals(value, machine.value(general(cpu, 1)));
        assertWritesOnlyWhatEnables(machine);
        assertEquals(List.of(), machine.watcher.take());
        machine.run(UNITS);
        assertEquals(2 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(1)), events.get(1).read());
    }

    /** Registers that enable all counters; where a counter has none of them, its own selector. */
    private static void assertWritesOnlyWhatEnables(Machine machine) {
        Set<Integer> may = machine.cpu.counters().stream().flatMap(counter -> counter.enables().isEmpty() ? List.of(counter.control().word()).stream()
                : counter.enables().stream()).map(WordPart::address).collect(Collectors.toCollection(TreeSet::new));
        machine.cpu.globals().registers(RegisterRole.ENABLE).forEach(register -> may.add((int) register.address()));
        machine.journal.take().stream().filter(access -> access.kind() == Journal.Kind.WRITE)
                .forEach(access -> assertTrue(may.contains(access.address()), () -> "writes " + access));
    }
}
