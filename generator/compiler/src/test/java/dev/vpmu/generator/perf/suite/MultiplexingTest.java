package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** More events than counters: turns, and what counts are scaled to (domain.md §4.2). */
class MultiplexingTest {

    private static final long SEED = Long.getLong("vpmu.schedule", 7);
    private static final int MORE = 3;
    private static final int ROUNDS = 3;
    private static final int SLICES = Effort.of(60, 2_000);
    private static final int LONGEST = 6;

    private static List<Asked> tooMany(PerfCpu cpu) {
        return cpu.asked().unconstrained().subList(0, cpu.general().size() + MORE);
    }

    @OnEveryCpu("§4.2 of more events than counters each has as many turns as any other, and counts of even work are scaled to what happened")
    void fair(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Asked> asked = tooMany(cpu);
        List<PerfEvent> events = machine.open(asked);
        int turns = ROUNDS * events.size();
        for (int turn = 0; turn < turns; turn++) {
            assertEquals(cpu.general().size(), events.stream().filter(event -> event.state() == State.ACTIVE).count());
            machine.assertHardwareFollows();
            machine.run(1);
            machine.core.rotate();
        }
        for (int i = 0; i < events.size(); i++) {
            PerfEvent event = events.get(i);
            assertEquals(turns * Work.NANOS, event.timeEnabled(), event::toString);
            assertEquals(ROUNDS * cpu.general().size() * Work.NANOS, event.timeRunning(), event::toString);
            assertEquals(ROUNDS * cpu.general().size() * cpu.work().of(asked.get(i)), event.read(), event::toString);
            assertEquals(turns * cpu.work().of(asked.get(i)), event.scaled(), event::toString);
        }
    }

    @OnEveryCpu("§4.2 of uneven work in uneven slices an event counts what was done while it was on the PMU, and no more")
    void uneven(PerfCpu cpu) {
        Random random = new Random(SEED);
        Machine machine = Machine.of(cpu);
        List<Asked> asked = tooMany(cpu);
        List<PerfEvent> events = machine.open(asked);
        long[] units = new long[events.size()];
        long all = 0;
        for (int slice = 0; slice < SLICES; slice++) {
            long length = random.nextInt(LONGEST);
            all += length;
            for (int i = 0; i < units.length; i++) {
                units[i] += events.get(i).state() == State.ACTIVE ? length : 0;
            }
            if (length > 0) {
                machine.run(length);
            }
            if (random.nextBoolean()) {
                machine.core.rotate();
            }
        }
        for (int i = 0; i < units.length; i++) {
            long amount = cpu.work().of(asked.get(i));
            String seed = "vpmu.schedule=" + SEED + ", " + events.get(i);
            assertEquals(units[i] * amount, events.get(i).read(), seed);
            assertEquals(units[i] * Work.NANOS, events.get(i).timeRunning(), seed);
            assertEquals(all * Work.NANOS, events.get(i).timeEnabled(), seed);
            assertEquals(units[i] == 0 ? 0 : all * amount, events.get(i).scaled(), seed);
        }
    }

    @OnEveryCpu("§4.2 a rotation with nothing that waits changes nothing")
    void nothingWaits(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = machine.open(cpu.asked().unconstrained().subList(0, cpu.general().size()));
        machine.run(1);
        machine.journal.take();
        machine.core.rotate();
        assertEquals(List.of(), machine.journal.take());
        for (int i = 0; i < events.size(); i++) {
            machine.assertOn(cpu.general().get(i).globalIndex(), events.get(i));
        }
    }

    @OnEveryCpu("§4.2 an event that is off takes no turn from others")
    void offHasNoTurn(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        long only = 1L << cpu.general().get(0).globalIndex();
        machine.open(asked.attributes("OFF").counters(only).disabled());
        List<PerfEvent> events = List.of(machine.open(asked.attributes("ONE").counters(only)), machine.open(asked.attributes("OTHER").counters(only)));
        for (int turn = 0; turn < 6; turn++) {
            machine.assertOn(cpu.general().get(0).globalIndex(), events.get(turn % 2));
            machine.assertWaits(events.get(1 - turn % 2));
            machine.run(1);
            machine.core.rotate();
        }
        events.forEach(event -> assertEquals(6 * cpu.work().of(asked), event.scaled(), event::toString));
    }

    @OnEveryCpu("§4.2 a task's events take turns on what the CPU's leave them")
    void besideTheCpu(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        EventContext task = EventContext.ofTask("task");
        PerfEvent ofCpu = machine.open(cpu.asked().unconstrained().get(0).attributes());
        List<Asked> asked = tooMany(cpu);
        List<PerfEvent> events = new ArrayList<>();
        asked.forEach(one -> events.add(machine.open(task, one.attributes("OF_TASK_" + one.name()))));
        int turns = events.size();
        for (int turn = 0; turn < turns; turn++) {
            machine.core.scheduleIn(task);
            machine.run(1);
            machine.core.rotate();
            assertEquals(State.ACTIVE, ofCpu.state());
            machine.assertHardwareFollows();
            machine.core.scheduleOut();
            machine.run(1);
        }
        assertEquals(2 * turns * cpu.work().of(cpu.asked().unconstrained().get(0)), ofCpu.read());
        for (int i = 0; i < turns; i++) {
            assertEquals(turns * Work.NANOS, events.get(i).timeEnabled());
            assertEquals((cpu.general().size() - 1) * Work.NANOS, events.get(i).timeRunning());
            assertEquals(turns * cpu.work().of(asked.get(i)), events.get(i).scaled());
        }
    }

    @OnEveryCpu("§4.2 an event that was never on the PMU is scaled to nothing")
    void never(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<Asked> asked = cpu.asked().unconstrained().subList(0, cpu.general().size());
        asked.forEach(one -> machine.open(one.attributes().pinned()));
        PerfEvent event = machine.open(asked.get(0).attributes());
        machine.run(2);
        machine.core.rotate();
        machine.run(2);
        assertTrue(event.timeEnabled() > 0);
        assertEquals(0, event.timeRunning());
        assertEquals(0, event.scaled());
        machine.assertWaits(event);
    }
}
