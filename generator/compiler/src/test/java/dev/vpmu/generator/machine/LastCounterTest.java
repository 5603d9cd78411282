package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.registers.LvtEntry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the host's own events do to a guest's counters: they take them away, and move them, TRAD-4 and TRAD-5 (domain.md §12.7). */
class LastCounterTest {

    private static final int BRANCHES = 42;

    private static void work(Guest guest) {
        guest.work(Host.work(500, BRANCHES, 3));
    }

    @ParameterizedTest(name = "TRAD-4 {1}: a counter that has none of the host''s left never counts, and nobody tells the guest, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void takenBefore(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        List<PerfEvent> pinned = host.pin(cpu.general());
        Guest guest = host.guest(design);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, -5 & 0xFFFF_FFFFL);
        guest.enable(1);
        assertEquals(State.ERROR, guest.behind(0).state());
        assertSilent(guest, -5 & Guest.MASK);
        pinned.forEach(event -> assertEquals(State.ACTIVE, event.state()));
        assertAfterwards(guest, pinned, -5 & Guest.MASK);
    }

    @ParameterizedTest(name = "TRAD-4 {1}: a counter whose last counter of the host is taken stops with what it had, and nobody tells the guest, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void takenLater(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest guest = host.guest(design);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.count(0, Host.BRANCHES);
        work(guest);
        List<PerfEvent> pinned = host.pin(cpu.general() - 1);
        work(guest);
        assertEquals(2 * BRANCHES, guest.read(0), "one is left");
        pinned.addAll(host.pin(1));
        assertEquals(State.ERROR, guest.behind(0).state());
        assertSilent(guest, 2 * BRANCHES);
        assertAfterwards(guest, pinned, 2 * BRANCHES);
    }

    /** Reads answer, always the same; there is no overflow and no PMI. */
    private static void assertSilent(Guest guest, long value) {
        guest.host.journal.take();
        for (int i = 0; i < 3; i++) {
            work(guest);
            assertEquals(value, guest.read(0));
            assertEquals(value, guest.vcpu.rdpmc(0));
            assertEquals(0, guest.status());
        }
        assertEquals(0, guest.pmu.counting());
        assertFalse(guest.vcpu.isPmiPending());
        assertTrue(guest.host.journal.take().stream().noneMatch(line -> line.contains("NMI") || line.contains("PMI")));
    }

    /** The host gives its counters back: the guest's counts again when it is programmed the next time, and not before. */
    private static void assertAfterwards(Guest guest, List<PerfEvent> pinned, long value) {
        guest.host.close(pinned);
        assertSilent(guest, value);
        guest.enable(0);
        guest.enable(1);
        assertEquals(1, guest.pmu.counting());
        work(guest);
        assertEquals(value + BRANCHES & Guest.MASK, guest.read(0));
    }

    @ParameterizedTest(name = "TRAD-5 {1}: it does not matter to a guest on which of the host''s counters its own is, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void crossMapped(HostCpu cpu, Design design) {
        for (int taken = 0; taken < cpu.general(); taken++) {
            Host host = new Host(cpu);
            for (int counter = 0; counter < taken; counter++) {
                host.open(EventAttributes.of("host's", Guest.event(Host.MISSES)).counters(1L << counter).pinned());
            }
            Guest guest = host.guest(design);
            guest.count(0, Host.BRANCHES);
            assertEquals(taken, guest.behind(0).counter());
            work(guest);
            host.first.work(Host.work(100, 10, 10));
            work(guest);
            assertEquals(2 * BRANCHES, guest.read(0));
            assertEquals(2 * BRANCHES, guest.vcpu.rdpmc(0));
        }
    }

    @ParameterizedTest(name = "TRAD-5 {1}: overflow is reported for the guest''s counter, not for the host''s it is on, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void crossMappedOverflow(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        PerfEvent occupied = host.open(EventAttributes.of("host's", Guest.event(Host.MISSES)).counters(1).pinned());
        Guest guest = host.guest(design);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, 1 - BRANCHES & 0xFFFF_FFFFL);
        guest.enable(1);
        assertNotEquals(0, guest.behind(0).counter());
        work(guest);
        assertEquals(1, guest.status());
        assertTrue(guest.vcpu.takePmi());
        assertEquals(1, guest.read(0));
        assertEquals(3, occupied.read());
    }

    @ParameterizedTest(name = "TRAD-5 {1}: counters of a guest can be crossed with one another, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void crossed(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest guest = host.guest(design);
        guest.enable(cpu.generalCounters());
        for (int counter = cpu.general() - 1; counter >= 0; counter--) {
            guest.select(counter, Guest.selector(counter % 2 == 0 ? Host.BRANCHES : Host.MISSES), 100L * counter);
            assertEquals(cpu.general() - 1 - counter, guest.behind(counter).counter());
        }
        work(guest);
        for (int counter = 0; counter < cpu.general(); counter++) {
            assertEquals(100L * counter + (counter % 2 == 0 ? BRANCHES : 3), guest.read(counter));
        }
    }

    @ParameterizedTest(name = "TRAD-5 {1}: a general counter may be on a fixed one, and the other way round, where the host''s can, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void crossedWithFixed(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest guest = host.guest(design);
        guest.enable(0);
        guest.vcpu.wrmsr(Guest.FIXED_CTR + 1, 0);
        guest.vcpu.wrmsr(Guest.FIXED_CTR_CTRL, 0x30);
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.CYCLES));
        guest.enable(1);
        assertEquals(cpu.borrows() ? 33 : 0, guest.behind(0).counter());
        guest.enable(1 | 1L << 33);
        assertEquals(cpu.borrows() ? 0 : 33, guest.behind(33).counter());
        guest.work(Host.work(1_000, 0, 0));
        guest.enable(0);
        assertEquals(1_000, guest.read(0));
        assertEquals(1_000, guest.vcpu.rdmsr(Guest.FIXED_CTR + 1));
    }
}
