package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.FIXED;
import static dev.vpmu.cpus.reservation.Machine.GUEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.registers.LvtEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpmu.intel.BroadwellEP.Msr;

/** Who hears of a guest's overflows, and of which. (domain.md §6.3 patch 2.) */
class PmiCallbackTest {

    private final Machine machine = Machine.asIntended();
    private final List<Long> heard = new ArrayList<>();

    @Test
    void registeringUnmasksTheInterrupt() {
        assertEquals(LvtEntry.LVTPC_MASKED, machine.hardware.lvtpc());
        machine.perf.register(heard::add);
        assertEquals(LvtEntry.LVTPC_NMI, machine.hardware.lvtpc());
    }

    @Test
    void theLastOneThatRegisteredHears() {
        List<Long> before = new ArrayList<>();
        machine.perf.register(before::add);
        machine.perf.register(heard::add);
        overflow(1);
        assertEquals(List.of(1L), heard);
        assertEquals(List.of(), before);
    }

    @Test
    void afterUnregisteringNobodyHearsAndTheInterruptIsHandledAllTheSame() {
        machine.perf.register(heard::add);
        machine.perf.unregister();
        machine.perf.unregister();
        overflow(1);
        assertEquals(List.of(), heard);
        assertEquals(List.of(1), machine.handled);
        assertEquals(LvtEntry.LVTPC_NMI, machine.hardware.lvtpc());
        machine.perf.register(heard::add);
        overflow(1);
        assertEquals(List.of(1L), heard);
    }

    @Test
    void aCallbackCanUnregisterItself() {
        machine.perf.register(counters -> {
            heard.add(counters);
            machine.perf.unregister();
        });
        overflow(1);
        overflow(1);
        assertEquals(List.of(1L), heard);
        assertEquals(List.of(1, 1), machine.handled);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 0xF, 1L << FIXED, 7L << FIXED, Machine.ALL, 5L << FIXED | 6})
    void itHearsOfTheGuestsCountersAndOfNoOthers(long reserved) {
        machine.perf.register(heard::add);
        overflow(reserved);
        assertEquals(List.of(reserved), heard);
        assertEquals(List.of(1), machine.handled, "however many counters overflowed");
        assertEquals(0, machine.status());
        assertEquals(LvtEntry.LVTPC_NMI, machine.hardware.lvtpc());
    }

    @Test
    void itHearsNothingOfOverflowsOfTheHost() {
        machine.perf.register(heard::add);
        assertTrue(machine.perf.mask(GUEST, 1));
        PerfEvent host = machine.open(Work.MISSES.attributes().period(Work.MISSES.each));
        machine.work();
        assertEquals(1, host.samples());
        assertEquals(List.of(), heard);
    }

    @Test
    void itHearsNothingOfCountersThatAreBack() {
        machine.perf.register(heard::add);
        PerfEvent host = machine.open(Work.MISSES);
        assertTrue(machine.perf.mask(GUEST, 3));
        assertTrue(machine.perf.mask(GUEST, 2));
        machine.program(0, Work.BRANCHES, -1);
        machine.guestWork(1);
        assertEquals(List.of(0), machine.handled, "of no event and no guest");
        assertEquals(List.of(), heard);
        assertEquals(0, machine.status());
        assertEquals(2, host.counter());
    }

    @Test
    void anOverflowThatAskedForNoInterruptIsToldWithTheNextOne() {
        machine.perf.register(heard::add);
        assertTrue(machine.perf.mask(GUEST, 3));
        machine.program(0, Work.BRANCHES, -1);
        machine.hardware.wrmsr(Msr.IA32_PERFEVTSEL(0), Work.BRANCHES.selector | 0x43_0000);
        machine.guestWork(3);
        assertEquals(List.of(), heard);
        machine.program(1, Work.MISSES, -1);
        machine.guestWork(3);
        assertEquals(List.of(3L), heard);
    }

    @Test
    void withoutAReservationAndAnEventAnNmiIsNotPerfs() {
        machine.perf.register(heard::add);
        assertEquals(0, machine.perf.nmi());
        assertTrue(machine.perf.mask(GUEST, 1));
        assertEquals(0, machine.perf.nmi(), "nothing has overflowed");
        machine.program(0, Work.BRANCHES, -1);
        machine.perf.mask(GUEST, 0);
        machine.guestWork(1);
        assertEquals(1, machine.status(), "nobody has looked");
        assertEquals(List.of(), heard);
    }

    @Test
    void theHostsControlIsBackAfterTheGuestsInterrupt() {
        machine.perf.register(heard::add);
        PerfEvent host = machine.open(Work.MISSES);
        overflow(1);
        assertEquals(Machine.ALL & ~1, machine.control());
        machine.work();
        assertEquals(Work.MISSES.each, host.read());
    }

    @Test
    void anInterruptWhileThePmuIsDisabledLeavesItSo() {
        machine.perf.register(heard::add);
        assertTrue(machine.perf.mask(GUEST, 1));
        machine.perf.disable();
        machine.program(0, Work.BRANCHES, -1);
        machine.guestWork(1);
        assertEquals(List.of(1L), heard);
        assertEquals(0, machine.control());
        machine.perf.enable();
        assertEquals(Machine.ALL & ~1, machine.control());
    }

    /** The guest has these counters, and all of them overflow in its work's last cycle. */
    private void overflow(long counters) {
        assertTrue(machine.perf.mask(GUEST, counters));
        for (long rest = counters; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            Work work = counter == FIXED ? Work.INSTRUCTIONS : counter > FIXED ? Work.CYCLES : Work.BRANCHES;
            machine.program(counter, work, -work.each);
        }
        machine.guestWork(counters);
    }
}
