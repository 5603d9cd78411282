package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.FIXED;
import static dev.vpmu.cpus.reservation.Machine.GENERAL;
import static dev.vpmu.cpus.reservation.Machine.GUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.AsPosted;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Patch 1 of the series, counters reserved from the host, as intended (A) and as posted (P). (domain.md §12.8.) */
class SeedMaskTest {

    private static final long FIXED_1 = 1L << FIXED + 1;

    @Test
    @DisplayName("SEED-1 A: with counter 0 reserved an event gets counter 1, even if it remembers counter 0")
    void anEventGetsTheCounterBesideTheReservedOne() {
        Machine machine = Machine.asIntended();
        PerfEvent remembers = machine.open(Work.BRANCHES);
        assertEquals(0, remembers.counter());
        machine.perf.disable(remembers);
        assertTrue(machine.perf.mask(GUEST, 1));
        PerfEvent comes = machine.open(Work.MISSES);
        assertEquals(1, comes.counter());
        machine.perf.enable(remembers);
        assertEquals(List.of(1, 2), List.of(remembers.counter(), comes.counter()), "the older one is placed first");
        assertEquals(List.of(), machine.reports.next());
    }

    @Test
    @DisplayName("SEED-1 P: with counter 0 reserved an event gets counter 1, but one that remembers counter 0 takes that")
    void anEventTakesAReservedCounterThatItRemembers() {
        Machine machine = Machine.asPosted(AsPosted.D3);
        PerfEvent remembers = machine.open(Work.BRANCHES);
        machine.perf.disable(remembers);
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(1, machine.open(Work.MISSES).counter());
        machine.perf.enable(remembers);
        assertEquals(0, remembers.counter());
        assertEquals(List.of("BRANCHES collides on 0"), machine.reports.next());
    }

    @Test
    @DisplayName("SEED-2 A: an event without exclude flags leaves the counter that is reserved, with its count")
    void anOrdinaryEventMovesWithItsCount() {
        Machine machine = Machine.asIntended();
        PerfEvent event = machine.open(Work.BRANCHES.attributes().pinned());
        machine.work();
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(1, event.counter());
        assertEquals(List.of("BRANCHES moved from 0 to 1"), machine.reports.next());
        machine.program(0, Work.LOADS, 5);
        machine.work();
        assertEquals(2 * Work.BRANCHES.each, event.read());
        assertEquals(5, machine.value(0));
    }

    @Test
    @DisplayName("SEED-2 P: an event without exclude flags is not noticed: host and guest program one counter")
    void anOrdinaryEventIsNotNoticed() {
        Machine machine = Machine.asPosted(AsPosted.D1);
        PerfEvent event = machine.open(Work.BRANCHES.attributes().pinned());
        machine.work();
        machine.controls.clear();
        assertTrue(machine.perf.mask(GUEST, 1));
        assertFalse(machine.controls.contains(0L), "nothing has been stopped");
        assertEquals(0, event.counter());
        assertEquals(State.ACTIVE, event.state());
        assertEquals(List.of("BRANCHES collides on 0"), machine.reports.next());
        machine.program(0, Work.LOADS, 5);
        machine.work();
        assertNotEquals(2 * Work.BRANCHES.each, event.read());
    }

    @Test
    @DisplayName("SEED-3 A: an event with exclude_guest leaves the counter that is reserved, with its count")
    void anEventOfTheHostOnlyMovesWithItsCount() {
        Machine machine = Machine.asIntended();
        PerfEvent event = machine.open(Work.BRANCHES.attributes().excludeGuest());
        machine.work();
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(1, event.counter());
        assertEquals(List.of("BRANCHES moved from 0 to 1"), machine.reports.next());
        machine.work();
        assertEquals(2 * Work.BRANCHES.each, event.read());
    }

    @Test
    @DisplayName("SEED-3 P: an event with exclude_guest is noticed, the PMU disabled and enabled, and it is still there")
    void anEventOfTheHostOnlyIsNoticedAndStays() {
        Machine machine = Machine.asPosted(AsPosted.D2);
        PerfEvent event = machine.open(Work.BRANCHES.attributes().excludeGuest());
        machine.work();
        machine.controls.clear();
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(List.of(0L, Machine.ALL & ~1), machine.controls);
        assertEquals(0, event.counter());
        assertEquals(List.of("BRANCHES collides on 0"), machine.reports.next());
    }

    @Test
    @DisplayName("SEED-4 A: with all general-purpose counters reserved a pinned event is in error, one that runs and one that comes")
    void pinnedEventsAreInErrorWithoutACounter() {
        Machine machine = Machine.asIntended();
        PerfEvent runs = machine.open(Work.BRANCHES.attributes().pinned());
        machine.work();
        assertTrue(machine.perf.mask(GUEST, GENERAL));
        PerfEvent comes = machine.open(Work.MISSES.attributes().pinned());
        machine.work();
        assertEquals(List.of(State.ERROR, State.ERROR), List.of(runs.state(), comes.state()));
        assertEquals(List.of("BRANCHES in error", "MISSES in error"), machine.reports.next());
        assertEquals(Work.BRANCHES.each, runs.read());
        assertEquals(0, comes.read());
    }

    @Test
    @DisplayName("SEED-4 A: with all general-purpose counters reserved the guest is refused for a pinned event, if that is chosen")
    void theGuestIsRefusedForAPinnedEvent() {
        Machine machine = Machine.that(PinnedChoice.REFUSE_GUEST);
        PerfEvent event = machine.open(Work.BRANCHES.attributes().pinned());
        machine.work();
        assertFalse(machine.perf.mask(GUEST, GENERAL));
        assertEquals(List.of("f refused for BRANCHES"), machine.reports.next());
        assertEquals(0, machine.perf.reservedCounters());
        assertEquals(0, event.counter());
        machine.work();
        assertEquals(2 * Work.BRANCHES.each, event.read());
    }

    @Test
    @DisplayName("SEED-4 P: with all general-purpose counters reserved pinned events that run collide, and are in error once they are placed again")
    void pinnedEventsCollideWithoutACounter() {
        Machine machine = Machine.asPosted(AsPosted.D1, AsPosted.D2);
        PerfEvent ordinary = machine.open(Work.BRANCHES.attributes().pinned());
        PerfEvent ofTheHost = machine.open(Work.LOADS.attributes().pinned().excludeGuest());
        assertTrue(machine.perf.mask(GUEST, GENERAL));
        assertEquals(List.of(0, 1), List.of(ordinary.counter(), ofTheHost.counter()));
        assertEquals(List.of("BRANCHES collides on 0", "LOADS collides on 1"), machine.reports.next());
        machine.open(Work.MISSES.attributes().pinned());
        assertEquals(List.of("BRANCHES in error", "LOADS in error", "MISSES in error"), machine.reports.next());
    }

    @Test
    @DisplayName("SEED-5 A: a mask replaces the one before: 5 and then 4 gives counter 0 back, and not counter 2")
    void aMaskReplacesTheOneBefore() {
        aMaskReplacesTheOneBefore(Machine.asIntended());
    }

    @Test
    @DisplayName("SEED-5 P: a mask replaces the one before: 5 and then 4 gives counter 0 back, and not counter 2")
    void aMaskReplacesTheOneBeforeAsPosted() {
        aMaskReplacesTheOneBefore(Machine.asPosted(AsPosted.values()));
    }

    private static void aMaskReplacesTheOneBefore(Machine machine) {
        assertTrue(machine.perf.mask(GUEST, 5));
        assertTrue(machine.perf.mask(GUEST, 4));
        assertEquals(4, machine.perf.reservedCounters());
        assertEquals(List.of(0, 1, 3), List.of(machine.open(Work.BRANCHES).counter(), machine.open(Work.MISSES).counter(), machine.open(Work.LOADS).counter()));
        assertEquals(-1, machine.open(Work.BRANCHES).counter(), "counter 2 is left, and reserved");
    }

    @Test
    @DisplayName("SEED-6 A: with fixed counter 1 reserved the watchdog goes on on a general-purpose one")
    void theWatchdogMoves() {
        Machine machine = Machine.asIntended();
        PerfEvent watchdog = machine.perf.watchdog(true);
        assertEquals(FIXED + 1, watchdog.counter());
        machine.work();
        assertTrue(machine.perf.mask(GUEST, FIXED_1));
        assertEquals(0, watchdog.counter());
        assertEquals(List.of(watchdog.name() + " moved from 33 to 0"), machine.reports.next());
        machine.work();
        assertEquals(2 * Work.CYCLES.each, watchdog.read());
    }

    @Test
    @DisplayName("SEED-6 P: with fixed counter 1 reserved the watchdog stays there")
    void theWatchdogCollides() {
        Machine machine = Machine.asPosted(AsPosted.D1);
        PerfEvent watchdog = machine.perf.watchdog(true);
        assertTrue(machine.perf.mask(GUEST, FIXED_1));
        assertEquals(FIXED + 1, watchdog.counter());
        assertEquals(List.of(watchdog.name() + " collides on 33"), machine.reports.next());
    }
}
