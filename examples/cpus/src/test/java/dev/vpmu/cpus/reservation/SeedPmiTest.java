package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.FIXED;
import static dev.vpmu.cpus.reservation.Machine.GUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.AsPosted;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Patch 2 of the series, the guest's overflows handed to a callback, as intended (A) and as posted (P). (domain.md §12.8.) */
class SeedPmiTest {

    private static final long FIXED_2 = 1L << FIXED + 2;

    private final List<Long> heard = new ArrayList<>();

    @Test
    @DisplayName("SEED-8 A: a reservation counts as one active event of its CPU: 0, 3, 7, 0")
    void aReservationIsOneActiveEvent() {
        aReservationIsOneActiveEvent(new PerfSystem());
    }

    @Test
    @DisplayName("SEED-8 P: a reservation counts as one active event of its CPU: 0, 3, 7, 0")
    void aReservationIsOneActiveEventAsPosted() {
        aReservationIsOneActiveEvent(new PerfSystem(PinnedChoice.EVICT_TO_ERROR, Set.of(AsPosted.values())));
    }

    private static void aReservationIsOneActiveEvent(PerfSystem system) {
        Machine machine = new Machine(system);
        Machine other = new Machine(system);
        assertEquals(0, system.activeEvents());
        assertEquals(1, afterMask(machine, 3));
        assertEquals(1, afterMask(machine, 7));
        assertEquals(2, afterMask(other, 8));
        assertEquals(1, afterMask(machine, 0));
        assertEquals(1, afterMask(machine, 0));
        assertEquals(0, afterMask(other, 0));
    }

    private static int afterMask(Machine machine, long mask) {
        assertTrue(machine.perf.mask(machine, mask));
        return machine.system.activeEvents();
    }

    @Test
    @DisplayName("SEED-9 A: without a host event a guest's overflow reaches the callback once, with its bits, and the NMI is handled")
    void aGuestsOverflowReachesTheCallback() {
        aGuestsOverflowReachesTheCallback(Machine.asIntended());
    }

    @Test
    @DisplayName("SEED-9 P: without a host event a guest's overflow reaches the callback once, with its bits, and the NMI is handled")
    void aGuestsOverflowReachesTheCallbackAsPosted() {
        aGuestsOverflowReachesTheCallback(Machine.asPosted(AsPosted.values()));
    }

    private void aGuestsOverflowReachesTheCallback(Machine machine) {
        machine.perf.register(heard::add);
        assertTrue(machine.perf.mask(GUEST, 3 | FIXED_2));
        machine.program(0, Work.BRANCHES, -Work.BRANCHES.each - 1);
        machine.program(1, Work.MISSES, -Work.MISSES.each);
        machine.program(FIXED + 2, Work.REFERENCE_CYCLES, -Work.REFERENCE_CYCLES.each);
        machine.guestWork(3 | FIXED_2);
        assertEquals(List.of(2 | FIXED_2), heard, "both in the last cycle");
        assertEquals(List.of(1), machine.handled);
        assertEquals(0, machine.status());
        machine.guestWork(3 | FIXED_2);
        assertEquals(List.of(2 | FIXED_2, 1L), heard);
    }

    @Test
    @DisplayName("SEED-10 A: of a PMI for guest and host the callback hears the guest's bit, and the host's event is sampled once")
    void oneInterruptForBoth() {
        oneInterruptForBoth(Machine.asIntended());
    }

    @Test
    @DisplayName("SEED-10 P: of a PMI for guest and host the callback hears the guest's bit, and the host's event is sampled once")
    void oneInterruptForBothAsPosted() {
        oneInterruptForBoth(Machine.asPosted(AsPosted.values()));
    }

    private void oneInterruptForBoth(Machine machine) {
        List<Long> samples = new ArrayList<>();
        assertTrue(machine.perf.mask(GUEST, 1));
        machine.perf.register(heard::add);
        PerfEvent host = machine.perf.open(machine.perf.cpuContext(), Work.BRANCHES.attributes().period(Work.BRANCHES.each).build(),
                (event, period) -> samples.add(period));
        machine.program(0, Work.BRANCHES, -Work.BRANCHES.each);
        machine.guestWork(Machine.ALL);
        assertEquals(List.of(2), machine.handled, "one PMI, two causes");
        assertEquals(List.of(1L), heard);
        assertEquals(List.of(Work.BRANCHES.each), samples);
        assertEquals(1, host.samples());
        assertEquals(Work.BRANCHES.each, host.read());
        assertEquals(0, machine.value(0), "a guest's counter is not reloaded");
    }

    @Test
    @DisplayName("SEED-11 A: an overflow without a callback is ignored, and nothing is worse for it")
    void anOverflowWithoutACallbackIsIgnored() {
        Machine machine = overflowing(Machine.asIntended());
        PerfEvent host = machine.open(Work.MISSES);
        machine.guestWork(1);
        assertEquals(List.of(1), machine.handled);
        assertEquals(0, machine.status());
        machine.work();
        assertEquals(Work.MISSES.each, host.read());
        machine.perf.register(heard::add);
        machine.program(0, Work.BRANCHES, -1);
        machine.guestWork(1);
        assertEquals(List.of(1L), heard, "LVTPC was left unmasked");
    }

    @Test
    @DisplayName("SEED-11 P: an overflow without a callback is a fault")
    void anOverflowWithoutACallbackFaults() {
        Machine machine = overflowing(Machine.asPosted(AsPosted.D14));
        IllegalStateException fault = assertThrows(IllegalStateException.class, () -> machine.guestWork(1));
        assertTrue(fault.getMessage().contains("callback"), fault.getMessage());
    }

    /** One with a guest's counter that is about to overflow, and LVTPC as after a callback that has gone. */
    private Machine overflowing(Machine machine) {
        machine.perf.register(heard::add);
        machine.perf.unregister();
        assertTrue(machine.perf.mask(GUEST, 1));
        machine.program(0, Work.BRANCHES, -1);
        return machine;
    }
}
