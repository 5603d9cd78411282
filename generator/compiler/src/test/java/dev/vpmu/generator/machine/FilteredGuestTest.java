package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.EventFilter;
import dev.vpmu.runtime.vpmu.EventFilter.Action;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an event filter does to a guest that runs (domain.md §5.5, §5.6, trap 32). */
class FilteredGuestTest {

    private static final int BRANCHES = 42;
    private static final EventFilter NO_BRANCHES = new EventFilter(Action.DENY, false, 0, List.of(0xC4L));

    private static void work(Guest guest) {
        guest.work(Host.work(500, BRANCHES, 0));
    }

    @ParameterizedTest(name = "filter, {1}: it takes effect before the guest runs on, wherever the guest is, on {0}")
    @MethodSource(HostCpu.EACH_TODAY)
    void atOnce(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.count(0, Host.BRANCHES);
        work(guest);
        guest.pmu.filter(NO_BRANCHES);
        work(guest);
        assertEquals(BRANCHES, guest.read(0), "in guest mode");
        guest.pmu.filter(null);
        work(guest);
        assertEquals(2 * BRANCHES, guest.read(0));
        guest.host.first.schedule(null);
        guest.pmu.filter(NO_BRANCHES);
        guest.host.first.schedule(guest.vcpu);
        work(guest);
        assertEquals(2 * BRANCHES, guest.read(0), "waiting for a CPU");
        guest.vcpu.returnToUserSpace();
        guest.pmu.filter(null);
        guest.vcpu.run();
        work(guest);
        assertEquals(3 * BRANCHES, guest.read(0), "in user space");
    }

    @ParameterizedTest(name = "filter, {1}: a counter that may not count reads back all that is written, on {0}")
    @MethodSource(HostCpu.EACH_TODAY)
    void readsBack(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.pmu.filter(NO_BRANCHES);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.select(0, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, 0xFFFF_FFFFL);
        guest.enable(1);
        work(guest);
        assertEquals(Guest.MASK, guest.read(0));
        assertEquals(Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, guest.vcpu.rdmsr(Guest.EVENTSEL));
        assertEquals(1, guest.vcpu.rdmsr(Guest.GLOBAL_CTRL));
        assertEquals(0, guest.status());
        assertFalse(guest.vcpu.isPmiPending());
        assertEquals(0, guest.pmu.counting());
        guest.vcpu.wrmsr(Guest.PMC, 5);
        work(guest);
        assertEquals(5, guest.read(0));
    }

    @ParameterizedTest(name = "filter, today: what the hypervisor carries out does not count either, on {0}")
    @MethodSource(HostCpu.EACH)
    void emulated(HostCpu cpu) {
        Guest guest = new Host(cpu).guest(Design.NOW);
        guest.count(0, Host.BRANCHES);
        guest.vcpu.emulatedBranch();
        assertEquals(1, guest.read(0));
        guest.pmu.filter(NO_BRANCHES);
        guest.vcpu.emulatedBranch();
        assertEquals(1, guest.read(0));
        guest.pmu.filter(new EventFilter(Action.ALLOW, false, 0, List.of(0xC4L)));
        guest.vcpu.emulatedBranch();
        assertEquals(2, guest.read(0));
    }

    @ParameterizedTest(name = "filter, {1}: general counters follow the list and fixed ones the bitmap, on {0}")
    @MethodSource(HostCpu.EACH_TODAY)
    void eachItsOwn(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.enable(0);
        guest.select(0, Guest.selector(Host.CYCLES), 0);
        guest.vcpu.wrmsr(Guest.FIXED_CTR_CTRL, 0x30);
        guest.enable(1 | 1L << 33);
        guest.pmu.filter(new EventFilter(Action.DENY, false, 0, List.of(0x3CL)));
        work(guest);
        guest.pmu.filter(new EventFilter(Action.DENY, false, 0b10, List.of()));
        work(guest);
        work(guest);
        assertEquals(1_000, guest.read(0));
        assertEquals(500, guest.vcpu.rdmsr(Guest.FIXED_CTR + 1));
        assertTrue(guest.pmu.counting() != 0);
    }
}
