package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.ArrayList;
import java.util.List;

/** Which counter an event is put on (domain.md §4.4, PERF-1 to PERF-5). */
class PlacesTest {

    private static final int UNITS = 3;
    private static final int TURNS = 10;

    /** Two events want one counter: each has it half the time, and what it is scaled to is what happened. */
    private static void assertTheyTakeTurns(PerfCpu cpu, int counter, Asked asked, EventAttributes.Builder one, EventAttributes.Builder other) {
        Machine machine = Machine.of(cpu);
        PerfEvent first = machine.open(one);
        machine.assertOn(counter, first);
        PerfEvent second = machine.open(other);
        machine.assertWaits(second);
        machine.assertOn(counter, first);
        for (int turn = 0; turn < TURNS; turn++) {
            machine.run(UNITS);
            machine.core.rotate();
            machine.assertOn(counter, turn % 2 == 0 ? second : first);
            machine.assertWaits(turn % 2 == 0 ? first : second);
        }
        for (PerfEvent event : List.of(first, second)) {
            assertEquals(TURNS * UNITS * Work.NANOS, event.timeEnabled(), event::toString);
            assertEquals(TURNS * UNITS * Work.NANOS / 2, event.timeRunning(), event::toString);
            assertEquals(TURNS * UNITS / 2 * cpu.work().of(asked), event.read(), event::toString);
            assertEquals(TURNS * UNITS * cpu.work().of(asked), event.scaled(), event::toString);
        }
    }

    @OnEveryCpu(value = "PERF-1 of two events that one counter alone can hold the second takes turns with the first", needs = Need.SINGLE)
    void single(PerfCpu cpu) {
        cpu.asked().single().forEach((counter, asked) ->
                asked.forEach(event -> assertTheyTakeTurns(cpu, counter, event, event.attributes("FIRST"), event.attributes("SECOND"))));
    }

    @OnEveryCpu("PERF-1 so do two of which it is said that they go on one counter only")
    void narrowed(PerfCpu cpu) {
        for (TestedCounter counter : cpu.general()) {
            Asked event = cpu.asked().unconstrained().get(0);
            long only = 1L << counter.globalIndex();
            assertTheyTakeTurns(cpu, counter.globalIndex(), event, event.attributes("FIRST").counters(only), event.attributes("SECOND").counters(only));
        }
    }

    @OnEveryCpu(value = "PERF-1 an event that some counters can hold is on the lowest of them that is free, and on no other", needs = Need.NARROW)
    void narrow(PerfCpu cpu) {
        for (Asked asked : cpu.asked().narrow()) {
            Machine machine = Machine.of(cpu);
            long free = asked.allowed();
            for (; free != 0; free &= free - 1) {
                machine.assertOn(Long.numberOfTrailingZeros(free), machine.open(asked.attributes()));
            }
            machine.assertWaits(machine.open(asked.attributes()));
        }
    }

    @OnEveryCpu(value = "PERF-2 an event that one fixed counter alone can hold is there; a second takes turns with it", needs = Need.FIXED)
    void fixedOnly(PerfCpu cpu) {
        for (Asked event : cpu.asked().fixedOnly()) {
            assertTheyTakeTurns(cpu, event.first(), event, event.attributes("FIRST"), event.attributes("SECOND"));
        }
    }

    @OnEveryCpu(value = "PERF-3 an event that a fixed counter can hold is there, the next ones on general counters from the lowest", needs = Need.BOTH)
    void both(PerfCpu cpu) {
        for (Asked asked : cpu.asked().both()) {
            Machine machine = Machine.of(cpu);
            List<PerfEvent> events = new ArrayList<>();
            List<TestedCounter> counters = new ArrayList<>(cpu.fixed().stream().filter(counter -> (asked.allowed() >>> counter.globalIndex() & 1) != 0).toList());
            counters.addAll(cpu.general());
            for (TestedCounter counter : counters) {
                events.add(machine.open(asked.attributes()));
                machine.assertOn(counter.globalIndex(), events.get(events.size() - 1));
            }
            machine.run(UNITS);
            events.forEach(event -> assertEquals(UNITS * cpu.work().of(asked), event.read(), event::toString));
            machine.assertWaits(machine.open(asked.attributes()));
        }
    }

    @OnEveryCpu(value = "PERF-4 with a threshold it is on general counters only, be the fixed one free or not", needs = {Need.BOTH, Need.THRESHOLD})
    void threshold(PerfCpu cpu) {
        for (Asked plain : cpu.asked().both()) {
            Asked asked = cpu.asked().modified(plain, FieldRole.THRESHOLD).orElseThrow();
            Machine machine = Machine.of(cpu);
            List<PerfEvent> events = new ArrayList<>();
            for (TestedCounter counter : cpu.general()) {
                events.add(machine.open(asked.attributes()));
                machine.assertOn(counter.globalIndex(), events.get(events.size() - 1));
            }
            machine.assertWaits(machine.open(asked.attributes()));
            machine.run(UNITS);
            events.forEach(event -> assertEquals(UNITS * cpu.work().of(asked), event.read(), event::toString));
        }
    }

    /** Opens events up to the one on a counter, and then one that can only be there. */
    private static void assertGivesWay(PerfCpu cpu, TestedCounter wanted, boolean pinned) {
        List<Asked> asked = cpu.asked().unconstrained().subList(0, cpu.general().indexOf(wanted) + 1);
        Machine machine = Machine.of(cpu);
        List<PerfEvent> events = new ArrayList<>();
        asked.forEach(one -> events.add(machine.open(pinned ? one.attributes().pinned() : one.attributes())));
        machine.run(UNITS);
        if (events.size() == cpu.general().size()) {
            // there must be room for the one that moves
            machine.core.close(events.remove(0));
            asked = asked.subList(1, asked.size());
        }
        PerfEvent moved = events.get(events.size() - 1);
        machine.assertOn(wanted.globalIndex(), moved);
        Asked single = cpu.asked().single().getOrDefault(wanted.globalIndex(), cpu.asked().unconstrained()).get(0);
        machine.watcher.take();
        PerfEvent last = machine.open(single.attributes("LAST").counters(1L << wanted.globalIndex()));
        machine.assertOn(wanted.globalIndex(), last);
        assertNotEquals(wanted.globalIndex(), moved.counter());
        assertEquals(pinned, machine.watcher.take().contains(moved.name() + " from " + wanted.globalIndex() + " to " + moved.counter()), "flexible ones leave and come back");
        machine.run(UNITS);
        for (int i = 0; i < events.size(); i++) {
            assertEquals(2 * UNITS * cpu.work().of(asked.get(i)), events.get(i).read(), events.get(i)::toString);
            assertEquals(2 * UNITS * Work.NANOS, events.get(i).timeRunning(), events.get(i)::toString);
        }
        assertEquals(UNITS * cpu.work().of(single), last.read());
    }

    @OnEveryCpu("PERF-5 an event that one counter alone can hold gets it, though it comes last; the one that was there moves and loses nothing")
    void weight(PerfCpu cpu) {
        for (TestedCounter wanted : cpu.general()) {
            assertGivesWay(cpu, wanted, false);
            assertGivesWay(cpu, wanted, true);
        }
    }

    @OnEveryCpu(value = "PERF-5 events that fewer counters can hold are placed first, whatever came first", needs = Need.NARROW)
    void narrowBeforeWide(PerfCpu cpu) {
        for (Asked narrow : cpu.asked().narrow()) {
            Machine machine = Machine.of(cpu);
            // the wide ones leave as much room as the narrow ones need
            int wide = cpu.general().size() - Long.bitCount(narrow.allowed());
            List<PerfEvent> events = machine.open(cpu.asked().unconstrained().subList(0, wide));
            for (int i = 0; i < Long.bitCount(narrow.allowed()); i++) {
                PerfEvent event = machine.open(narrow.attributes());
                assertTrue((narrow.allowed() >>> event.counter() & 1) != 0, event::toString);
                events.add(event);
            }
            events.forEach(event -> assertEquals(PerfEvent.State.ACTIVE, event.state(), event::toString));
            machine.assertHardwareFollows();
        }
    }

    @OnEveryCpu(value = "PERF-5 where counters overlap, a choice that leaves a later event nothing is taken back", needs = Need.OVERLAPPING)
    void backTracking(PerfCpu cpu) {
        for (AskedEvents.Overlap overlap : cpu.asked().overlaps()) {
            Machine machine = Machine.of(cpu);
            List<PerfEvent> events = new ArrayList<>(List.of(machine.open(overlap.first().attributes())));
            machine.assertOn(overlap.first().first(), events.get(0));
            for (int i = 0; i < Long.bitCount(overlap.second().allowed()); i++) {
                events.add(machine.open(overlap.second().attributes()));
            }
            events.forEach(event -> assertEquals(PerfEvent.State.ACTIVE, event.state(), event::toString));
            machine.assertHardwareFollows();
            assertEquals(0, 1L << events.get(0).counter() & overlap.second().allowed(), "the first had to give way");
        }
    }

    @OnEveryCpu(value = "§4.4 an event that takes two counters has the next one, too, programmed with its partner; no other event gets either", needs = Need.PAIRED)
    void paired(PerfCpu cpu) {
        for (Asked asked : cpu.asked().paired()) {
            Machine machine = Machine.of(cpu);
            PerfEvent event = machine.open(asked.attributes().pinned());
            TestedCounter second = cpu.counter(event.counter() + 1);
            assertEquals(asked.first(), event.counter());
            assertTrue(machine.isStarted(cpu.counter(event.counter())));
            long partner = cpu.asked().partner(asked);
            assertEquals(partner, machine.read(second.control().word()) & partner, "the partner's code");
            List<PerfEvent> others = new ArrayList<>();
            cpu.general().forEach(counter -> others.add(machine.open(cpu.asked().unconstrained().get(others.size()).attributes())));
            assertEquals(cpu.general().size() - 2, others.stream().filter(other -> other.state() == PerfEvent.State.ACTIVE).count());
            assertTrue(others.stream().noneMatch(other -> other.counter() == event.counter() || other.counter() == second.globalIndex()));
            machine.run(UNITS);
            assertEquals(UNITS * cpu.work().of(asked), event.read());
            machine.core.close(event);
            machine.core.rotate();
            assertEquals(cpu.general().size(), others.stream().filter(other -> other.state() == PerfEvent.State.ACTIVE).count());
            machine.assertHardwareFollows();
        }
    }
}
