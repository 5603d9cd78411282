package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.FIXED;
import static dev.vpmu.cpus.reservation.Machine.GENERAL;
import static dev.vpmu.cpus.reservation.Machine.GUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of pinned events that a reservation leaves no place: as chosen, in error, or the guest is refused. (domain.md §6.5 D2, §6.7.) */
class PinnedChoiceTest {

    private static final long FIXED_2 = 1L << FIXED + 2;

    private final Machine machine = Machine.that(PinnedChoice.EVICT_TO_ERROR);
    private final Machine refusing = Machine.that(PinnedChoice.REFUSE_GUEST);

    @Test
    void flexibleEventsGiveWayBeforePinnedOnes() {
        for (Machine any : List.of(machine, refusing)) {
            PerfEvent flexible = any.open(Work.BRANCHES);
            PerfEvent pinned = any.open(Work.MISSES.attributes().pinned());
            assertTrue(any.perf.mask(GUEST, 7));
            assertEquals(3, pinned.counter());
            assertEquals(State.INACTIVE, flexible.state());
        }
    }

    @Test
    void onlyThePinnedEventsWithoutAPlaceAreInError() {
        PerfEvent reference = machine.open(Work.REFERENCE_CYCLES.attributes().pinned());
        PerfEvent pinned = machine.open(Work.BRANCHES.attributes().pinned());
        PerfEvent pending = machine.open(Work.PENDING.attributes().pinned());
        PerfEvent last = machine.open(Work.MISSES.attributes().pinned());
        PerfEvent flexible = machine.open(Work.LOADS);
        machine.work();
        assertTrue(machine.perf.mask(GUEST, FIXED_2 | 4));
        machine.work();
        assertEquals(List.of(State.ERROR, State.ACTIVE, State.ERROR, State.ACTIVE, State.ACTIVE),
                List.of(reference.state(), pinned.state(), pending.state(), last.state(), flexible.state()));
        assertEquals(List.of(1000L, 400L, 310L, 80L, 180L), List.of(reference.read(), pinned.read(), pending.read(), last.read(), flexible.read()));
        assertEquals(2, machine.reports.next().stream().filter(line -> line.endsWith("in error")).count());
    }

    @Test
    void theTasksPinnedEventsAreInErrorBeforeTheCpus() {
        EventContext task = EventContext.ofTask("task");
        PerfEvent ofTask = machine.perf.open(task, Work.BRANCHES.attributes().pinned().build(), OverflowHandler.NONE);
        machine.perf.scheduleIn(task);
        PerfEvent ofCpu = machine.open(Work.MISSES.attributes().pinned());
        assertTrue(machine.perf.mask(GUEST, 7));
        assertEquals(3, ofCpu.counter());
        assertEquals(State.ERROR, ofTask.state());
    }

    @Test
    void aGroupIsInErrorByItsLeader() {
        PerfEvent leader = machine.open(Work.BRANCHES.attributes().pinned());
        PerfEvent member = machine.perf.open(leader, Work.MISSES.attributes().build(), OverflowHandler.NONE);
        machine.work();
        assertTrue(machine.perf.mask(GUEST, 7));
        machine.work();
        assertEquals(List.of(State.ERROR, State.INACTIVE), List.of(leader.state(), member.state()));
        assertEquals(List.of(200L, 40L), List.of(leader.read(), member.read()));
        assertTrue(machine.perf.mask(GUEST, 0));
        machine.perf.enable(leader);
        machine.work();
        assertEquals(List.of(400L, 80L), List.of(leader.read(), member.read()));
    }

    @Test
    void anEventInErrorIsSilentUntilItIsEnabledAndThereIsAPlace() {
        PerfEvent event = machine.open(Work.PENDING.attributes().pinned());
        machine.work();
        assertTrue(machine.perf.mask(GUEST, 4));
        machine.perf.enable(event);
        assertEquals(State.ERROR, event.state());
        assertTrue(machine.perf.mask(GUEST, 0));
        machine.perf.rotate();
        machine.work();
        assertEquals(State.ERROR, event.state());
        machine.perf.enable(event);
        machine.work();
        assertEquals(2, event.counter());
        assertEquals(2 * Work.PENDING.each, event.read());
        assertEquals(List.of("PENDING in error", "PENDING in error"), machine.reports.next());
    }

    @Test
    void aRefusalLeavesEverythingBitForBitAsItWas() {
        List<PerfEvent> events = List.of(refusing.open(Work.BRANCHES.attributes().period(300)), refusing.open(Work.MISSES.attributes().pinned()),
                refusing.open(Work.PENDING.attributes().pinned().excludeGuest()), refusing.open(Work.LOADS.attributes().excludeHost()), refusing.open(Work.CYCLES));
        refusing.work();
        assertTrue(refusing.perf.mask(GUEST, 1L << FIXED));
        refusing.program(FIXED, Work.INSTRUCTIONS, 77);
        refusing.reports.next();
        Map<String, Long> registers = refusing.registers();
        String states = events.toString();
        List<Long> counts = events.stream().map(PerfEvent::count).toList();
        for (long mask : new long[] {4, GENERAL, Machine.ALL, 0xC, 0xD}) {
            assertFalse(refusing.perf.mask(GUEST, mask));
            String first = (mask & GENERAL) == GENERAL ? "MISSES" : "PENDING";
            assertEquals(List.of(Long.toHexString(mask) + " refused for " + first), refusing.reports.next());
            assertEquals(registers, refusing.registers());
            assertEquals(states, events.toString());
            assertEquals(counts, events.stream().map(PerfEvent::count).toList());
            assertEquals(1L << FIXED, refusing.perf.reservedCounters());
            assertEquals(6, refusing.system.activeEvents());
        }
        refusing.work();
        assertEquals(List.of(400L, 80L, 620L, 0L, 2000L), events.stream().map(PerfEvent::read).toList());
        assertEquals(1, events.get(0).samples());
    }

    @Test
    void aRefusalOfMoreLeavesWhatWasReserved() {
        PerfEvent pending = refusing.open(Work.PENDING.attributes().pinned());
        assertTrue(refusing.perf.mask(GUEST, 1));
        assertFalse(refusing.perf.mask(GUEST, 6));
        assertEquals(1, refusing.perf.reservedCounters());
        assertEquals(0x7_0000_000EL, refusing.control());
        assertEquals(2, pending.counter());
        refusing.perf.close(pending);
        assertTrue(refusing.perf.mask(GUEST, 6));
        assertEquals(6, refusing.perf.reservedCounters());
    }
}
