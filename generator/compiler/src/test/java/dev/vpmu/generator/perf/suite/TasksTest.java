package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tasks come and go, on one CPU and on another, and their events with them (domain.md §4.1, §4.5). */
class TasksTest {

    private static final long SEED = Long.getLong("vpmu.schedule", 11);
    private static final int MOVES = Effort.of(80, 2_000);
    private static final int UNITS = 2;

    private final EventContext task = EventContext.ofTask("task");

    private static List<Machine> machines(PerfCpu cpu) {
        PerfSystem system = new PerfSystem();
        Timer timer = new Timer();
        return List.of(new Machine(cpu, system, timer), new Machine(cpu, system, timer));
    }

    @OnEveryCpu("§4.1 a task's event counts and is enabled while its task runs; a CPU's always")
    void times(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        PerfEvent ofTask = machine.open(task, asked.attributes("OF_TASK"));
        PerfEvent ofCpu = machine.open(asked.attributes("OF_CPU"));
        machine.run(UNITS);
        machine.core.scheduleIn(task);
        machine.run(UNITS);
        machine.core.disable(ofTask);
        machine.run(UNITS);
        machine.core.scheduleOut();
        machine.core.enable(ofTask);
        machine.run(UNITS);
        assertEquals(State.INACTIVE, ofTask.state());
        machine.core.scheduleIn(task);
        machine.run(UNITS);
        machine.core.close(ofTask);
        machine.run(UNITS);
        assertEquals(2 * UNITS * cpu.work().of(asked), ofTask.read());
        assertEquals(2 * UNITS * Work.NANOS, ofTask.timeEnabled());
        assertEquals(2 * UNITS * Work.NANOS, ofTask.timeRunning());
        assertEquals(6 * UNITS * cpu.work().of(asked), ofCpu.read());
        assertEquals(6 * UNITS * Work.NANOS, ofCpu.timeEnabled());
        assertEquals(6 * UNITS * Work.NANOS, ofCpu.timeRunning());
        assertEquals(List.of(ofCpu), machine.core.cpuContext().events());
        assertEquals(List.of(), task.events());
    }

    @OnEveryCpu("§4.1 an event that waits to be enabled does nothing before")
    void disabledAtFirst(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        PerfEvent event = machine.open(asked.attributes().disabled());
        assertEquals(State.OFF, event.state());
        machine.run(UNITS);
        machine.core.enable(event);
        machine.core.enable(event);
        machine.run(UNITS);
        machine.core.disable(event);
        machine.core.disable(event);
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().of(asked), event.read());
        assertEquals(UNITS * Work.NANOS, event.timeEnabled());
        assertEquals(UNITS * Work.NANOS, event.timeRunning());
        machine.assertHardwareFollows();
    }

    @OnEveryCpu("§4.3 an event that is opened while the PMU is disabled counts once it is enabled")
    void openedWhileDisabled(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Asked> asked = cpu.asked().unconstrained().subList(0, 2);
        machine.core.disable();
        List<PerfEvent> events = machine.open(asked);
        machine.run(UNITS);
        events.forEach(event -> assertEquals(0, event.read(), event::toString));
        machine.core.close(events.get(0));
        machine.core.enable();
        machine.assertHardwareFollows();
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().of(asked.get(1)), events.get(1).read());
        assertEquals(0, events.get(0).read());
    }

    @OnEveryCpu("§4.1 an event that is closed cannot be used any more")
    void closed(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        PerfEvent event = machine.open(asked.attributes().period(1_000));
        machine.run(UNITS);
        machine.core.close(event);
        assertThrows(IllegalStateException.class, () -> machine.core.close(event));
        assertThrows(IllegalStateException.class, () -> machine.core.enable(event));
        assertThrows(IllegalStateException.class, () -> machine.join(event, asked.attributes()));
        assertEquals(0, machine.system.activeEvents());
        assertEquals(UNITS * cpu.work().of(asked), event.read());
        assertEquals(State.OFF, event.state());
        machine.core.disable(event);
        machine.assertHardwareFollows();
    }

    @OnEveryCpu("§4.1 a CPU runs one task, and a task runs on one CPU")
    void oneAtATime(PerfCpu cpu) {
        List<Machine> machines = machines(cpu);
        machines.get(0).core.scheduleIn(task);
        assertThrows(IllegalStateException.class, () -> machines.get(0).core.scheduleIn(EventContext.ofTask("other")));
        assertThrows(IllegalStateException.class, () -> machines.get(1).core.scheduleIn(task));
        assertThrows(IllegalStateException.class, () -> machines.get(1).core.scheduleIn(machines.get(0).core.cpuContext()));
        machines.get(0).core.scheduleOut();
        machines.get(1).core.scheduleIn(task);
    }

    @OnEveryCpu("§4.5 a task that moves to another CPU takes its counts along; a counter that somebody else had meanwhile is programmed anew")
    void migrates(PerfCpu cpu) {
        List<Machine> machines = machines(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        Asked others = cpu.asked().unconstrained().get(1);
        PerfEvent event = machines.get(0).open(task, asked.attributes("MOVES"));
        for (int round = 0; round < 3; round++) {
            for (Machine machine : machines) {
                machine.core.scheduleIn(task);
                machine.run(UNITS);
                assertEquals(cpu.general().get(0).globalIndex(), event.counter());
                machine.core.scheduleOut();
                EventContext other = EventContext.ofTask("other");
                PerfEvent between = machine.open(other, others.attributes("BETWEEN"));
                machine.core.scheduleIn(other);
                machine.run(UNITS);
                machine.core.scheduleOut();
                assertEquals(UNITS * cpu.work().of(others), between.read());
            }
        }
        assertEquals(6 * UNITS * cpu.work().of(asked), event.read());
        assertEquals(6 * UNITS * Work.NANOS, event.timeEnabled());
        assertEquals(6 * UNITS * Work.NANOS, event.timeRunning());
    }

    @OnEveryCpu("§4.5 from either CPU a task's events can be changed while it runs on the other")
    void fromElsewhere(PerfCpu cpu) {
        List<Machine> machines = machines(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        machines.get(1).core.scheduleIn(task);
        PerfEvent event = machines.get(0).open(task, asked.attributes().period(1_000));
        assertEquals(cpu.general().get(0).globalIndex(), event.counter());
        machines.get(0).run(UNITS);
        machines.get(1).run(UNITS);
        assertEquals(UNITS * cpu.work().of(asked), event.read());
        machines.get(0).core.setPeriod(event, 2_000);
        assertEquals(2_000, machines.get(1).left(event.counter()));
        machines.get(0).core.disable(event);
        machines.get(1).run(UNITS);
        machines.get(0).core.enable(event);
        machines.get(1).run(UNITS);
        machines.get(0).core.close(event);
        machines.get(1).run(UNITS);
        assertEquals(2 * UNITS * cpu.work().of(asked), event.read());
        machines.forEach(Machine::assertHardwareFollows);
    }

    @OnEveryCpu("§4.5 whatever the order in which tasks run where, each event counts its task's work")
    void anyOrder(PerfCpu cpu) {
        Random random = new Random(SEED);
        List<Machine> machines = machines(cpu);
        List<EventContext> tasks = List.of(EventContext.ofTask("one"), EventContext.ofTask("two"), EventContext.ofTask("three"));
        List<Asked> asked = cpu.asked().unconstrained().subList(0, cpu.general().size());
        List<List<PerfEvent>> events = new ArrayList<>();
        for (EventContext of : tasks) {
            events.add(asked.stream().map(one -> machines.get(0).open(of, one.attributes(of.name() + one.name()))).toList());
        }
        long[] units = new long[tasks.size()];
        Integer[] on = new Integer[machines.size()];
        for (int move = 0; move < MOVES; move++) {
            int machine = random.nextInt(machines.size());
            int next = random.nextInt(tasks.size());
            boolean isFree = on[1 - machine] == null || on[1 - machine] != next;
            if (on[machine] != null) {
                machines.get(machine).core.scheduleOut();
                on[machine] = null;
            } else if (isFree) {
                machines.get(machine).core.scheduleIn(tasks.get(next));
                on[machine] = next;
            }
            for (int i = 0; i < machines.size(); i++) {
                machines.get(i).run(1);
                if (on[i] != null) {
                    units[on[i]]++;
                }
            }
        }
        for (int i = 0; i < units.length; i++) {
            for (int j = 0; j < asked.size(); j++) {
                assertEquals(units[i] * cpu.work().of(asked.get(j)), events.get(i).get(j).read(), "vpmu.schedule=" + SEED + ", " + events.get(i).get(j));
            }
        }
    }
}
