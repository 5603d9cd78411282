package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.FIXED;
import static dev.vpmu.cpus.reservation.Machine.GENERAL;
import static dev.vpmu.cpus.reservation.Machine.GUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters given up to a guest: whose they are, and what running host events do. (domain.md §6.3 patch 1, §6.7.) */
class ReservationTest {

    private final Machine machine = Machine.asIntended();

    /* ------------------------------------------------------------- who has it */

    @Test
    void aReservationHasOneOwnerUntilTheLastCounterIsBack() {
        assertTrue(machine.perf.mask(GUEST, 3));
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> machine.perf.mask("another", 4));
        assertTrue(refusal.getMessage().contains("another") && refusal.getMessage().contains(GUEST.toString()), refusal.getMessage());
        assertThrows(IllegalStateException.class, () -> machine.perf.mask("another", 0));
        assertEquals(3, machine.perf.reservedCounters());
        assertTrue(machine.perf.mask(GUEST, 2));
        assertThrows(IllegalStateException.class, () -> machine.perf.mask("another", 1));
        assertTrue(machine.perf.mask(GUEST, 0));
        assertTrue(machine.perf.mask("another", 4));
        assertEquals(4, machine.perf.reservedCounters());
    }

    @Test
    void nobodyIsNoOwner() {
        assertThrows(NullPointerException.class, () -> machine.perf.mask(null, 1));
        assertTrue(machine.perf.mask(GUEST, 1));
    }

    @Test
    void whoIsRefusedOwnsNothing() {
        Machine refusing = Machine.that(PinnedChoice.REFUSE_GUEST);
        refusing.open(Work.PENDING.attributes().pinned());
        assertFalse(refusing.perf.mask(GUEST, 4));
        assertTrue(refusing.perf.mask("another", 1));
        assertFalse(refusing.perf.mask("another", 5));
        assertEquals(1, refusing.perf.reservedCounters());
        assertThrows(IllegalStateException.class, () -> refusing.perf.mask(GUEST, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x10, 0x8_0000_0000L, 1L << 48, -1L})
    void onlyCountersThatThereAreCanBeReserved(long mask) {
        machine.perf.mask(GUEST, 1);
        assertThrows(IllegalArgumentException.class, () -> machine.perf.mask(GUEST, mask));
        assertEquals(1, machine.perf.reservedCounters());
    }

    /* ------------------------------------------------------------- the global control */

    /** At once where counters are given up; where they come back, with perf's next write: no event is on them before that. */
    @Test
    void theGlobalControlFollowsTheMaskBothWays() {
        machine.open(Work.BRANCHES);
        for (long mask : new long[] {2, 0x5_0000_000EL, 8, 0, Machine.ALL, 0}) {
            assertTrue(machine.perf.mask(GUEST, mask));
            assertEquals(0, machine.control() & mask);
            assertEquals(0, machine.perf.activeCounters() & ~machine.control());
            machine.perf.disable();
            machine.perf.enable();
            assertEquals(Machine.ALL & ~mask, machine.control());
        }
    }

    @Test
    void aDisabledPmuStaysSo() {
        PerfEvent event = machine.open(Work.BRANCHES);
        machine.perf.disable();
        assertTrue(machine.perf.mask(GUEST, 2));
        assertTrue(machine.perf.mask(GUEST, 3));
        machine.program(0, Work.LOADS, 5);
        assertEquals(0, machine.control());
        machine.work();
        machine.perf.enable();
        assertEquals(Machine.ALL & ~3, machine.control());
        assertEquals(2, event.counter());
        machine.work();
        assertEquals(Work.BRANCHES.each, event.read());
        theGuestHasItsCounter();
    }

    @Test
    void anEventThatIsAboutToMoveLeavesItsCounterBeforeTheGuestHasIt() {
        PerfEvent event = machine.open(Work.BRANCHES.attributes().pinned().counters(0xC));
        assertEquals(2, event.counter());
        machine.work();
        machine.perf.disable();
        machine.perf.close(machine.open(Work.PENDING));
        assertTrue(machine.perf.mask(GUEST, 4));
        machine.program(2, Work.LOADS, 5);
        machine.perf.enable();
        machine.work();
        assertEquals(3, event.counter());
        assertEquals(2 * Work.BRANCHES.each, event.read());
        assertEquals(Work.LOADS.selector | Machine.ENABLED, machine.selector(2));
        assertEquals(5, machine.value(2));
    }

    /* ------------------------------------------------------------- events that move */

    @Test
    void anEventKeepsWhatIsLeftOfItsPeriod() {
        List<Long> countsAtSamples = new ArrayList<>();
        PerfEvent event = machine.perf.open(machine.perf.cpuContext(), Work.BRANCHES.attributes().period(3 * Work.BRANCHES.each).build(),
                (sampled, period) -> countsAtSamples.add(sampled.count()));
        for (long mask : new long[] {1, 2, 1, 3, 7, 8}) {
            machine.work();
            assertTrue(machine.perf.mask(GUEST, mask));
        }
        assertEquals(6 * Work.BRANCHES.each, event.read());
        assertEquals(List.of(3 * Work.BRANCHES.each, 6 * Work.BRANCHES.each), countsAtSamples);
    }

    @Test
    void aThrottledEventMovesAndStaysThrottledUntilTheTick() {
        machine.system.samplesPerTick(1);
        PerfEvent event = machine.open(Work.BRANCHES.attributes().period(20));
        machine.work();
        assertTrue(event.isThrottled());
        assertTrue(machine.perf.mask(GUEST, 1));
        machine.program(0, Work.LOADS, 5);
        machine.work();
        assertEquals(40, event.read());
        assertEquals(1, event.counter());
        machine.system.samplesPerTick(1000);
        machine.perf.tick();
        machine.work();
        assertEquals(40 + Work.BRANCHES.each, event.read());
        assertEquals(2 + Work.BRANCHES.each / 20, event.samples());
        theGuestHasItsCounter();
    }

    /** Counter 0, as it has been programmed. */
    private void theGuestHasItsCounter() {
        assertEquals(Work.LOADS.selector | Machine.ENABLED, machine.selector(0));
        assertEquals(5, machine.value(0));
    }

    @Test
    void anotherMovesWhereTheCounterIsTheOnlyOneLeft() {
        PerfEvent anywhere = machine.open(Work.BRANCHES);
        PerfEvent another = machine.open(Work.MISSES);
        assertTrue(machine.perf.mask(GUEST, 8));
        machine.work();
        PerfEvent pending = machine.open(Work.PENDING);
        assertEquals(2, pending.counter());
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(List.of(1, 3), List.of(anywhere.counter(), another.counter()));
        assertEquals(2, pending.counter());
        machine.work();
        assertEquals(List.of(400L, 80L, 310L), List.of(anywhere.read(), another.read(), pending.read()));
    }

    @Test
    void aTasksEventsMoveToo() {
        EventContext task = EventContext.ofTask("task");
        PerfEvent event = machine.perf.open(task, Work.BRANCHES.attributes().build(), OverflowHandler.NONE);
        machine.perf.scheduleIn(task);
        machine.work();
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(1, event.counter());
        machine.perf.scheduleOut();
        machine.work();
        machine.perf.mask(GUEST, 2);
        machine.perf.scheduleIn(task);
        assertEquals(0, event.counter());
        machine.work();
        assertEquals(2 * Work.BRANCHES.each, event.read());
    }

    /* ------------------------------------------------------------- flexible events without a place */

    @Test
    void flexibleEventsTakeTurnsOnWhatIsLeft() {
        List<PerfEvent> events = List.of(machine.open(Work.BRANCHES), machine.open(Work.MISSES), machine.open(Work.LOADS), machine.open(Work.PENDING));
        assertTrue(machine.perf.mask(GUEST, 3));
        assertEquals(List.of("PENDING displaced", "LOADS displaced"), machine.reports.next().stream().filter(line -> line.endsWith("displaced")).toList());
        assertEquals(List.of(true, true, false, false), events.stream().map(event -> event.state() == State.ACTIVE).toList());
        for (int turn = 0; turn < 8; turn++) {
            machine.work();
            machine.perf.rotate();
        }
        assertEquals(List.of(4 * 200L, 4 * 40L, 4 * 90L, 4 * 310L), events.stream().map(PerfEvent::read).toList());
        assertEquals(List.of(8 * 200L, 8 * 40L, 8 * 90L, 8 * 310L), events.stream().map(PerfEvent::scaled).toList());
        assertTrue(machine.perf.mask(GUEST, 0));
        machine.perf.rotate();
        assertTrue(events.stream().allMatch(event -> event.state() == State.ACTIVE));
    }

    @Test
    void aMaskThatTakesOneCounterAndGivesOthersBackLetsThoseThatWaitGoOnAtOnce() {
        List<PerfEvent> events = List.of(machine.open(Work.BRANCHES), machine.open(Work.MISSES), machine.open(Work.LOADS), machine.open(Work.BRANCHES));
        assertTrue(machine.perf.mask(GUEST, 3));
        assertTrue(machine.perf.mask(GUEST, 4));
        assertEquals(List.of(State.ACTIVE, State.ACTIVE, State.ACTIVE, State.INACTIVE), events.stream().map(PerfEvent::state).toList());
        machine.work();
        assertEquals(List.of(200L, 40L, 90L, 0L), events.stream().map(PerfEvent::read).toList());
    }

    @Test
    void aGroupWaitsAsAWhole() {
        PerfEvent leader = machine.open(Work.BRANCHES);
        PerfEvent member = machine.perf.open(leader, Work.MISSES.attributes().build(), OverflowHandler.NONE);
        assertTrue(machine.perf.mask(GUEST, 0xB));
        assertEquals(List.of(State.INACTIVE, State.INACTIVE), List.of(leader.state(), member.state()));
        PerfEvent single = machine.open(Work.LOADS);
        machine.perf.rotate();
        assertEquals(2, single.counter());
        machine.work();
        assertTrue(machine.perf.mask(GUEST, 8));
        machine.perf.rotate();
        machine.work();
        assertEquals(List.of(200L, 40L, 180L), List.of(leader.read(), member.read(), single.read()));
    }

    @Test
    void anEventOfAnotherKindOfCounterStaysWhereItIs() {
        PerfEvent cycles = machine.open(Work.CYCLES);
        PerfEvent reference = machine.open(Work.REFERENCE_CYCLES);
        assertTrue(machine.perf.mask(GUEST, GENERAL));
        assertEquals(List.of(FIXED + 1, FIXED + 2), List.of(cycles.counter(), reference.counter()));
        assertEquals(List.of(), machine.reports.next());
    }
}
