package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.GUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.AsPosted;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vpmu.intel.BroadwellEP.Msr;

/** The mistakes of the series as posted, each alone: what it does, and that it does nothing else. (domain.md §6.5.) */
class AsPostedTest {

    /** For each mistake what shows it. */
    private static final Map<AsPosted, Predicate<Machine>> SYMPTOMS = new EnumMap<>(Map.of(
            AsPosted.D1, AsPostedTest::aConflictWithAnOrdinaryEventIsNotNoticed,
            AsPosted.D2, AsPostedTest::anEventThatWasNoticedStays,
            AsPosted.D3, AsPostedTest::aRememberedCounterIsTakenAgain,
            AsPosted.D4, AsPostedTest::anotherPmuSeesTheMask,
            AsPosted.D5, AsPostedTest::disablingAnEventTakesTheReservationAway,
            AsPosted.D8, AsPostedTest::aReservedCounterIsLeftRunning,
            AsPosted.D14, AsPostedTest::aCallbackThatIsNotThereIsCalled,
            AsPosted.D25, AsPostedTest::anybodyReserves));

    @ParameterizedTest(name = "{0} alone")
    @EnumSource(AsPosted.class)
    void aMistakeHasItsEffectAndNoOther(AsPosted mistake) {
        assertEquals(Set.of(mistake), seen(mistake));
    }

    @Test
    void withoutMistakesNothingOfIt() {
        assertEquals(Set.of(), seen());
    }

    private static Set<AsPosted> seen(AsPosted... mistakes) {
        Set<AsPosted> seen = EnumSet.noneOf(AsPosted.class);
        Arrays.stream(AsPosted.values()).filter(symptom -> SYMPTOMS.get(symptom).test(Machine.asPosted(mistakes))).forEach(seen::add);
        return seen;
    }

    private static boolean aConflictWithAnOrdinaryEventIsNotNoticed(Machine machine) {
        machine.open(Work.BRANCHES);
        machine.controls.clear();
        machine.perf.mask(GUEST, 1);
        return !machine.controls.contains(0L);
    }

    private static boolean anEventThatWasNoticedStays(Machine machine) {
        PerfEvent event = machine.open(Work.BRANCHES.attributes().excludeGuest());
        machine.perf.mask(GUEST, 1);
        return event.counter() == 0;
    }

    private static boolean aRememberedCounterIsTakenAgain(Machine machine) {
        PerfEvent event = machine.open(Work.BRANCHES);
        machine.perf.disable(event);
        machine.perf.mask(GUEST, 1);
        machine.perf.enable(event);
        return event.counter() == 0;
    }

    private static boolean anotherPmuSeesTheMask(Machine machine) {
        machine.perf.mask(GUEST, 1);
        return machine.perf.assign(1) == null;
    }

    private static boolean disablingAnEventTakesTheReservationAway(Machine machine) {
        PerfEvent ofGuests = machine.open(Work.BRANCHES.attributes().excludeHost());
        machine.perf.mask(GUEST, 1);
        machine.perf.disable(ofGuests);
        return machine.perf.reservedCounters() != 1;
    }

    private static boolean aReservedCounterIsLeftRunning(Machine machine) {
        machine.perf.mask(GUEST, 1);
        return (machine.control() & 1) != 0;
    }

    private static boolean aCallbackThatIsNotThereIsCalled(Machine machine) {
        machine.hardware.lvtpc(0x400);
        machine.perf.mask(GUEST, 1);
        machine.program(0, Work.BRANCHES, -1);
        try {
            machine.guestWork(1);
            return false;
        } catch (IllegalStateException fault) {
            return true;
        }
    }

    private static boolean anybodyReserves(Machine machine) {
        machine.perf.mask(GUEST, 1);
        try {
            machine.perf.mask("another", 2);
            return machine.perf.reservedCounters() == 2;
        } catch (IllegalStateException refusal) {
            return false;
        }
    }

    /* ------------------------------------------------------------- D5, the rest of it */

    @Test
    @DisplayName("D5 A: an event with exclude_host is like any other: it moves, keeps out of the host's way, and has its own overflows")
    void anEventOfGuestsMovesLikeAnyOther() {
        Machine machine = Machine.asIntended();
        List<Long> heard = new ArrayList<>();
        machine.perf.register(heard::add);
        PerfEvent ofGuests = samplingGuests(machine);
        assertTrue(machine.perf.mask(GUEST, 2));
        assertEquals(Machine.ALL & ~3, machine.control());
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(1, ofGuests.counter());
        assertEquals(Machine.ALL & ~3, machine.control());
        machine.work();
        assertEquals(0, ofGuests.read());
        machine.guestWork(Machine.ALL);
        assertEquals(Work.BRANCHES.each, ofGuests.read());
        assertEquals(1, ofGuests.samples());
        assertEquals(List.of(), heard);
    }

    @Test
    @DisplayName("D5 P: a mask erases the bits of events with exclude_host, which count in the host from then on")
    void aMaskErasesTheBitsOfEventsOfGuests() {
        Machine machine = Machine.asPosted(AsPosted.D5);
        PerfEvent ofGuests = samplingGuests(machine);
        assertEquals(Machine.ALL & ~1, machine.control());
        assertTrue(machine.perf.mask(GUEST, 2));
        assertEquals(Machine.ALL & ~2, machine.control());
        machine.work();
        assertEquals(Work.BRANCHES.each, ofGuests.read());
    }

    @Test
    @DisplayName("D5 P: overflows of events with exclude_host go to the callback, and are no samples")
    void overflowsOfEventsOfGuestsGoToTheCallback() {
        Machine machine = Machine.asPosted(AsPosted.D5);
        List<Long> heard = new ArrayList<>();
        machine.perf.register(heard::add);
        PerfEvent ofGuests = samplingGuests(machine);
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(0, ofGuests.counter(), "its bit was set already, so there is no conflict");
        machine.guestWork(Machine.ALL);
        assertEquals(List.of(1L), heard);
        assertEquals(0, ofGuests.samples());
    }

    @Test
    @DisplayName("D5 P: an event with exclude_host is counted as a reservation, which then is never counted as an active event")
    void anEventOfGuestsHidesAReservationFromTheActiveEvents() {
        Machine machine = Machine.asPosted(AsPosted.D5);
        samplingGuests(machine);
        assertTrue(machine.perf.mask(GUEST, 3));
        assertEquals(1, machine.system.activeEvents());
        assertTrue(machine.perf.mask(GUEST, 0));
        assertEquals(0, machine.system.activeEvents(), "with an event open");
        assertEquals(0, machine.perf.nmi());
    }

    private static PerfEvent samplingGuests(Machine machine) {
        return machine.open(Work.BRANCHES.attributes().excludeHost().period(Work.BRANCHES.each));
    }

    /* ------------------------------------------------------------- D8, the rest of it */

    @Test
    @DisplayName("D8 A: a counter that is reserved stops, and has no overflow from before")
    void aReservedCounterStopsAndIsClean() {
        Machine machine = withAnOldOverflow(Machine.asIntended());
        assertTrue(machine.perf.mask(GUEST, 1));
        machine.program(0, Work.BRANCHES, 0);
        machine.work();
        assertEquals(0, machine.value(0));
        assertEquals(0, machine.status());
    }

    @Test
    @DisplayName("D8 P: a counter that is reserved counts the hypervisor's work until perf writes the control, and keeps its overflow")
    void aReservedCounterCountsTheHypervisorsWork() {
        Machine machine = withAnOldOverflow(Machine.asPosted(AsPosted.D8));
        assertTrue(machine.perf.mask(GUEST, 1));
        machine.program(0, Work.BRANCHES, 0);
        machine.work();
        assertEquals(Work.BRANCHES.each, machine.value(0));
        assertEquals(1, machine.status());
        machine.open(Work.MISSES);
        machine.work();
        assertEquals(Work.BRANCHES.each, machine.value(0), "perf has written the control");
    }

    /** One on whose counter 0 something overflowed that asked for no interrupt. */
    private static Machine withAnOldOverflow(Machine machine) {
        machine.program(0, Work.BRANCHES, -1);
        machine.hardware.wrmsr(Msr.IA32_PERFEVTSEL(0), Work.BRANCHES.selector | 0x43_0000);
        machine.work();
        machine.clear(0);
        assertEquals(1, machine.status());
        return machine;
    }
}
