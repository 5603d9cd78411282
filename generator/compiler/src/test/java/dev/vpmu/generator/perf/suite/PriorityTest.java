package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who is on the PMU when not all can be (domain.md §4.2, PERF-7 and PERF-8). */
class PriorityTest {

    private static final int UNITS = 2;

    /** Parties that want one counter, the first in line first. */
    private enum Party {
        CPU_PINNED, TASK_PINNED, CPU_FLEXIBLE, TASK_FLEXIBLE;

        boolean isPinned() {
            return this == CPU_PINNED || this == TASK_PINNED;
        }

        boolean isOfTask() {
            return this == TASK_PINNED || this == TASK_FLEXIBLE;
        }
    }

    /** A machine and what the parties opened on it. */
    private static final class Contest {

        final Machine machine;
        final EventContext task = EventContext.ofTask("task");
        final Map<Party, PerfEvent> events = new EnumMap<>(Party.class);

        Contest(PerfCpu cpu) {
            machine = Machine.of(cpu);
        }

        void open(Party party) {
            Asked asked = machine.cpu.asked().unconstrained().get(party.ordinal());
            EventAttributes.Builder attributes = asked.attributes(party.name()).counters(1L << counter());
            events.put(party, machine.open(party.isOfTask() ? task : machine.core.cpuContext(), party.isPinned() ? attributes.pinned() : attributes));
        }

        int counter() {
            return machine.cpu.general().get(machine.cpu.general().size() - 1).globalIndex();
        }

        /** The first in line has the counter; of the others the pinned ones are in error, and the flexible ones wait. */
        void assertDecided() {
            Party winner = events.keySet().iterator().next();
            events.forEach((party, event) -> assertEquals(party == winner ? State.ACTIVE : party.isPinned() ? State.ERROR : State.INACTIVE,
                    event.state(), () -> events.toString()));
            machine.assertOn(counter(), events.get(winner));
        }
    }

    /** Every order of every selection. */
    private static List<List<Party>> orders(List<Party> chosen) {
        List<List<Party>> orders = new ArrayList<>(chosen.isEmpty() ? List.of() : List.of(chosen));
        for (Party party : Party.values()) {
            if (!chosen.contains(party)) {
                List<Party> longer = new ArrayList<>(chosen);
                longer.add(party);
                orders.addAll(orders(longer));
            }
        }
        return orders;
    }

    @OnEveryCpu("PERF-7 a pinned event without a place is in error and silent; enabling it gives it another chance")
    void overcommitted(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = new ArrayList<>();
        cpu.asked().unconstrained().subList(0, cpu.general().size()).forEach(asked -> events.add(machine.open(asked.attributes().pinned())));
        Asked asked = cpu.asked().unconstrained().get(cpu.general().size());
        PerfEvent last = machine.open(asked.attributes().pinned());
        machine.assertErred(last);
        assertTrue(machine.watcher.take().contains(last.name() + " erred"));
        machine.run(UNITS);
        machine.core.rotate();
        machine.core.enable(last);
        machine.assertErred(last);
        assertEquals(0, last.read());
        assertEquals(0, last.timeRunning());

        PerfEvent gone = events.remove(0);
        machine.core.close(gone);
        machine.run(UNITS);
        machine.core.rotate();
        machine.assertErred(last);
        machine.core.enable(last);
        assertEquals(State.ACTIVE, last.state());
        machine.assertHardwareFollows();
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().of(asked), last.read());
        assertEquals(UNITS * Work.NANOS, last.timeRunning());
        for (int i = 0; i < events.size(); i++) {
            assertEquals(3 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(i + 1)), events.get(i).read(), "another pinned one");
        }
    }

    @OnEveryCpu("PERF-8 whoever comes first, the counter goes to the CPU's pinned event, the task's, the CPU's flexible one, the task's")
    void everyOrder(PerfCpu cpu) {
        for (List<Party> order : orders(List.of())) {
            Contest contest = new Contest(cpu);
            contest.machine.core.scheduleIn(contest.task);
            for (Party party : order) {
                contest.open(party);
                contest.machine.run(1);
                contest.assertDecided();
            }
        }
    }

    @OnEveryCpu("PERF-8 a task that comes takes the counter from the CPU's flexible event if it has a pinned one, and from no other")
    void taskComes(PerfCpu cpu) {
        for (List<Party> order : orders(List.of())) {
            Contest contest = new Contest(cpu);
            order.forEach(contest::open);
            contest.events.forEach((party, event) -> assertTrue(!party.isOfTask() || event.state() == State.INACTIVE, event::toString));
            contest.machine.run(1);
            contest.machine.core.scheduleIn(contest.task);
            contest.machine.run(1);
            contest.assertDecided();
        }
    }

    @OnEveryCpu("PERF-8 when a task goes its events wait, and one in error stays so; the CPU's flexible event has its turn at the next rotation")
    void taskGoes(PerfCpu cpu) {
        Contest contest = new Contest(cpu);
        Machine machine = contest.machine;
        List.of(Party.TASK_PINNED, Party.CPU_FLEXIBLE, Party.TASK_FLEXIBLE).forEach(contest::open);
        machine.core.scheduleIn(contest.task);
        contest.assertDecided();
        machine.core.scheduleOut();
        machine.assertWaits(contest.events.get(Party.TASK_PINNED));
        machine.assertWaits(contest.events.get(Party.TASK_FLEXIBLE));
        machine.core.rotate();
        machine.assertOn(contest.counter(), contest.events.get(Party.CPU_FLEXIBLE));

        contest.open(Party.CPU_PINNED);
        machine.core.scheduleIn(contest.task);
        contest.assertDecided();
        machine.core.scheduleOut();
        machine.core.close(contest.events.remove(Party.CPU_PINNED));
        machine.core.scheduleIn(contest.task);
        machine.assertErred(contest.events.get(Party.TASK_PINNED));
        machine.assertOn(contest.counter(), contest.events.get(Party.CPU_FLEXIBLE));
        machine.core.enable(contest.events.get(Party.TASK_PINNED));
        contest.assertDecided();
    }

    @OnEveryCpu("§4.2 of a context's flexible groups none is tried behind one that has no place")
    void noOvertaking(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        long low = 1L << cpu.general().get(0).globalIndex();
        long high = 1L << cpu.general().get(1).globalIndex();
        PerfEvent first = machine.open(asked.attributes("FIRST").counters(low));
        PerfEvent second = machine.open(asked.attributes("SECOND").counters(low));
        PerfEvent third = machine.open(asked.attributes("THIRD").counters(high));
        machine.assertWaits(second);
        machine.assertWaits(third);
        PerfEvent pinned = machine.open(asked.attributes("PINNED").counters(high).pinned());
        machine.assertOn(cpu.general().get(1).globalIndex(), pinned);
        machine.core.close(pinned);
        machine.core.rotate();
        machine.assertOn(cpu.general().get(0).globalIndex(), second);
        machine.assertOn(cpu.general().get(1).globalIndex(), third);
        machine.assertWaits(first);
    }
}
