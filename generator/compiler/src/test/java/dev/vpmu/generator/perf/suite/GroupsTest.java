package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.GroupVerdict;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.perf.UnschedulableException;
import java.util.ArrayList;
import java.util.List;

/** Groups are on the PMU as a whole or not at all, and what can never be is refused by name (domain.md §4.3, §4.4). */
class GroupsTest {

    private static final int UNITS = 2;

    /** A group of the CPU with all the events. */
    private static List<PerfEvent> group(Machine machine, List<Asked> asked) {
        List<PerfEvent> group = new ArrayList<>(List.of(machine.open(asked.get(0).attributes())));
        asked.subList(1, asked.size()).forEach(one -> group.add(machine.join(group.get(0), one.attributes())));
        return group;
    }

    private static void assertAll(State state, List<PerfEvent> events) {
        events.forEach(event -> assertEquals(state, event.state(), events::toString));
    }

    /** As many events as there are general counters, each of which any of these can hold. */
    private static List<Asked> full(PerfCpu cpu) {
        return cpu.asked().unconstrained().subList(0, cpu.general().size());
    }

    @OnEveryCpu("§4.3 a group is on the PMU as a whole or not at all")
    void allOrNone(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> group = group(machine, full(cpu));
        assertAll(State.ACTIVE, group);
        machine.assertHardwareFollows();
        assertEquals(group.subList(1, group.size()), group.get(0).siblings());
        assertSame(group.get(0), group.get(1).leader());
        machine.run(UNITS);
        PerfEvent pinned = machine.open(cpu.asked().unconstrained().get(cpu.general().size()).attributes().pinned());
        assertAll(State.INACTIVE, group);
        assertEquals(State.ACTIVE, pinned.state());
        machine.assertHardwareFollows();
        machine.run(UNITS);
        machine.core.close(pinned);
        machine.core.rotate();
        assertAll(State.ACTIVE, group);
        machine.assertHardwareFollows();
        machine.run(UNITS);
        for (int i = 0; i < group.size(); i++) {
            assertEquals(2 * UNITS * cpu.work().of(full(cpu).get(i)), group.get(i).read());
            assertEquals(3 * UNITS * Work.NANOS, group.get(i).timeEnabled());
            assertEquals(2 * UNITS * Work.NANOS, group.get(i).timeRunning());
        }
    }

    @OnEveryCpu("§4.3 two groups take turns, each as a whole")
    void turns(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> one = group(machine, full(cpu));
        List<PerfEvent> other = group(machine, full(cpu));
        for (int turn = 0; turn < 4; turn++) {
            assertAll(State.ACTIVE, turn % 2 == 0 ? one : other);
            assertAll(State.INACTIVE, turn % 2 == 0 ? other : one);
            machine.assertHardwareFollows();
            machine.run(UNITS);
            machine.core.rotate();
        }
        for (int i = 0; i < one.size(); i++) {
            assertEquals(4 * UNITS * cpu.work().of(full(cpu).get(i)), one.get(i).scaled());
            assertEquals(4 * UNITS * cpu.work().of(full(cpu).get(i)), other.get(i).scaled());
        }
    }

    @OnEveryCpu("§4.3 a member that is disabled stops alone, and goes on with the group when it is enabled")
    void member(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> group = group(machine, cpu.asked().unconstrained().subList(0, 2));
        machine.run(UNITS);
        machine.core.disable(group.get(1));
        assertEquals(State.OFF, group.get(1).state());
        assertEquals(State.ACTIVE, group.get(0).state());
        machine.assertHardwareFollows();
        machine.run(UNITS);
        machine.core.enable(group.get(1));
        assertAll(State.ACTIVE, group);
        machine.assertHardwareFollows();
        machine.run(UNITS);
        assertEquals(3 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(0)), group.get(0).read());
        assertEquals(2 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(1)), group.get(1).read());
        assertEquals(3 * UNITS * Work.NANOS, group.get(0).timeRunning());
        assertEquals(2 * UNITS * Work.NANOS, group.get(1).timeEnabled());
    }

    @OnEveryCpu("§4.3 a leader that is disabled stops its group, which comes back with it; a member that is off stays so")
    void leader(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> group = group(machine, full(cpu).subList(1, cpu.general().size()));
        PerfEvent off = machine.join(group.get(0), cpu.asked().unconstrained().get(0).attributes("OFF").disabled());
        machine.run(UNITS);
        machine.core.disable(group.get(0));
        group.forEach(event -> assertEquals(-1, event.counter()));
        machine.assertHardwareFollows();
        machine.run(UNITS);
        machine.core.enable(group.get(0));
        assertAll(State.ACTIVE, group);
        assertEquals(State.OFF, off.state());
        machine.assertHardwareFollows();
        machine.run(UNITS);
        for (int i = 0; i < group.size(); i++) {
            assertEquals(2 * UNITS * cpu.work().of(full(cpu).get(i + 1)), group.get(i).read());
            assertEquals(2 * UNITS * Work.NANOS, group.get(i).timeEnabled());
            assertEquals(2 * UNITS * Work.NANOS, group.get(i).timeRunning());
        }
        assertEquals(0, off.read());
    }

    @OnEveryCpu("§4.3 the members of a group that loses its leader go on, each for itself")
    void leaderless(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> group = group(machine, cpu.asked().unconstrained().subList(0, cpu.general().size()));
        machine.run(UNITS);
        machine.core.close(group.get(0));
        machine.run(UNITS);
        for (int i = 1; i < group.size(); i++) {
            assertSame(group.get(i), group.get(i).leader());
            assertEquals(State.ACTIVE, group.get(i).state());
            assertEquals(2 * UNITS * cpu.work().of(full(cpu).get(i)), group.get(i).read());
            assertEquals(2 * UNITS * Work.NANOS, group.get(i).timeRunning());
        }
        assertEquals(UNITS * cpu.work().of(full(cpu).get(0)), group.get(0).read());
        assertEquals(List.of(), group.get(0).siblings());
        machine.assertHardwareFollows();
        machine.core.disable(group.get(1));
        assertEquals(State.OFF, group.get(1).state());
        assertAll(State.ACTIVE, group.subList(2, group.size()));
        assertEquals(new ArrayList<>(group.subList(1, group.size())), machine.core.cpuContext().events());
    }

    @OnEveryCpu("§4.3 a member that is closed leaves the group; the others keep their counters")
    void memberCloses(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> group = group(machine, cpu.asked().unconstrained().subList(0, 2));
        int counter = group.get(0).counter();
        machine.run(UNITS);
        machine.core.close(group.get(1));
        machine.run(UNITS);
        machine.assertOn(counter, group.get(0));
        assertEquals(List.of(), group.get(0).siblings());
        assertEquals(2 * UNITS * cpu.work().of(cpu.asked().unconstrained().get(0)), group.get(0).read());
        assertEquals(UNITS * cpu.work().of(cpu.asked().unconstrained().get(1)), group.get(1).read());
    }

    @OnEveryCpu("§4.2 a pinned group without room for all of it is in error as a whole")
    void pinnedGroup(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent first = machine.open(cpu.asked().unconstrained().get(0).attributes().pinned());
        PerfEvent leader = machine.open(cpu.asked().unconstrained().get(1).attributes().pinned());
        PerfEvent last = leader;
        for (Asked asked : cpu.asked().unconstrained().subList(2, cpu.general().size() + 1)) {
            last = machine.join(leader, asked.attributes());
        }
        machine.assertErred(leader);
        assertEquals(-1, last.counter());
        machine.run(UNITS);
        assertEquals(0, last.read());
        machine.core.close(first);
        machine.core.enable(leader);
        assertEquals(State.ACTIVE, leader.state());
        assertEquals(State.ACTIVE, last.state());
        machine.assertHardwareFollows();
    }

    /* ------------------------------------------------------------- validation */

    @OnEveryCpu("§4.4 a group that can never be on the PMU is refused when it is opened, with the names of its events")
    void refused(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        long only = 1L << cpu.general().get(1).globalIndex();
        PerfEvent leader = machine.open(asked.attributes("THE_LEADER").counters(only));
        UnschedulableException refusal = assertThrows(UnschedulableException.class, () -> machine.join(leader, asked.attributes("THE_MEMBER").counters(only)));
        assertTrue(refusal.getMessage().contains("THE_LEADER") && refusal.getMessage().contains("THE_MEMBER"), refusal.getMessage());
        GroupVerdict verdict = refusal.verdict();
        assertEquals(List.of("THE_LEADER", "THE_MEMBER"), verdict.events());
        assertFalse(verdict.isAccepted() || verdict.isFeasible());
        assertEquals(List.of(), leader.siblings());
        machine.assertOn(cpu.general().get(1).globalIndex(), leader);
        assertEquals(1, machine.system.activeEvents());
    }

    @OnEveryCpu("§4.4 so is an event that no counter can hold, and a group of more events than counters")
    void tooMany(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        UnschedulableException none = assertThrows(UnschedulableException.class, () -> machine.open(asked.attributes("NOWHERE").counters(0)));
        assertTrue(none.getMessage().contains("NOWHERE"), none.getMessage());
        PerfEvent leader = group(machine, full(cpu)).get(0);
        UnschedulableException full = assertThrows(UnschedulableException.class, () -> machine.join(leader, asked.attributes("ONE_MORE")));
        assertTrue(full.getMessage().contains("ONE_MORE") && full.getMessage().contains(leader.name()), full.getMessage());
        assertEquals(cpu.general().size() - 1, leader.siblings().size());
    }

    @OnEveryCpu("§4.4 what other events occupy does not matter to a group that is opened")
    void whateverRuns(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        full(cpu).forEach(asked -> machine.open(asked.attributes().pinned()));
        assertAll(State.INACTIVE, group(machine, full(cpu)));
        assertTrue(machine.core.verdict(full(cpu).stream().map(asked -> asked.attributes().build()).toList()).isAccepted());
    }

    @OnEveryCpu("§4.3 only a leader can be pinned or exclusive, and only leaders can be joined")
    void members(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        Asked asked = cpu.asked().unconstrained().get(0);
        List<PerfEvent> group = group(machine, cpu.asked().unconstrained().subList(0, 2));
        assertThrows(IllegalArgumentException.class, () -> machine.join(group.get(0), asked.attributes().pinned()));
        assertThrows(IllegalArgumentException.class, () -> machine.join(group.get(0), asked.attributes().exclusive()));
        assertThrows(IllegalArgumentException.class, () -> machine.join(group.get(1), asked.attributes()));
        assertEquals(2, machine.core.cpuContext().events().size());
    }

    /* ------------------------------------------------------------- alone */

    @OnEveryCpu("§4.1 a group that must be alone is on the PMU when nothing else is, and nothing comes while it is")
    void alone(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        PerfEvent other = machine.open(cpu.asked().unconstrained().get(0).attributes());
        PerfEvent alone = machine.open(cpu.asked().unconstrained().get(1).attributes().exclusive().disabled());
        PerfEvent member = machine.join(alone, cpu.asked().unconstrained().get(2).attributes());
        machine.core.enable(alone);
        for (int turn = 0; turn < 4; turn++) {
            assertEquals(turn % 2 == 0 ? State.ACTIVE : State.INACTIVE, other.state());
            assertAll(turn % 2 == 0 ? State.INACTIVE : State.ACTIVE, List.of(alone, member));
            machine.assertHardwareFollows();
            machine.run(UNITS);
            machine.core.rotate();
        }
        PerfEvent pinned = machine.core.open(EventContext.ofTask("elsewhere"), cpu.asked().unconstrained().get(0).attributes().pinned().exclusive().build(), OverflowHandler.NONE);
        assertEquals(State.INACTIVE, pinned.state(), "its task does not run");
        machine.core.scheduleIn(pinned.context());
        assertEquals(State.ACTIVE, pinned.state());
        assertAll(State.INACTIVE, List.of(other, alone, member));
        machine.open(cpu.asked().unconstrained().get(0).attributes().pinned());
        assertEquals(State.ERROR, pinned.state());
    }
}
