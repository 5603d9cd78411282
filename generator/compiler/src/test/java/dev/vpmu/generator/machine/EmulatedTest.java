package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.LvtEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Instructions that the hypervisor carries out, and which counters notice (domain.md §2.4, §5.6). */
class EmulatedTest {

    private static final long KERNEL_MODE = 1L << 17;

    private static Guest counting(HostCpu cpu, Design design, long selector, long begin) {
        Guest guest = new Host(cpu).guest(design);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        guest.select(0, selector, begin);
        guest.enable(1);
        return guest;
    }

    @ParameterizedTest(name = "2018: what is carried out does not count, on {0}")
    @MethodSource(HostCpu.EACH)
    void missedThen(HostCpu cpu) {
        Guest guest = counting(cpu, Design.THEN, Guest.selector(Host.INSTRUCTIONS), 0);
        guest.work(Host.work(100, 0, 0));
        guest.vcpu.cpuid();
        guest.vcpu.emulatedBranch();
        guest.read(0);
        assertEquals(100, guest.read(0));
        guest.enable(0);
        assertEquals(100, guest.read(0));
    }

    @ParameterizedTest(name = "today: what is carried out counts as one instruction; of the WRMSRs around a stretch the disabling one does, on {0}")
    @MethodSource(HostCpu.EACH)
    void countedNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW, Guest.selector(Host.INSTRUCTIONS), 0);
        guest.work(Host.work(100, 0, 0));
        guest.vcpu.cpuid();
        guest.vcpu.emulatedBranch();
        assertEquals(102, guest.read(0));
        assertEquals(103, guest.read(0), "the last read");
        assertEquals(104, guest.vcpu.rdpmc(0));
        guest.enable(0);
        assertEquals(106, guest.read(0), "the last read, and the WRMSR");
        guest.vcpu.cpuid();
        assertEquals(106, guest.read(0));
    }

    @ParameterizedTest(name = "today: user space reads what a halted guest''s counter has, HLT included, and what it writes stands, on {0}")
    @MethodSource(HostCpu.EACH)
    void haltedNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW, Guest.selector(Host.INSTRUCTIONS), 0);
        guest.work(Host.work(100, 0, 0));
        guest.vcpu.halt();
        assertEquals(101, guest.pmu.rdmsr(Guest.PMC));
        assertEquals(101, guest.pmu.rdpmc(0));
        guest.pmu.wrmsr(Guest.PMC, 5);
        assertEquals(5, guest.pmu.rdmsr(Guest.PMC));
        guest.pmu.work();
        assertEquals(5, guest.pmu.rdmsr(Guest.PMC), "HLT was before the write");
    }

    @ParameterizedTest(name = "today: branches that are carried out count as branches, other instructions do not, on {0}")
    @MethodSource(HostCpu.EACH)
    void branchesNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW, Guest.selector(Host.BRANCHES), 0);
        guest.vcpu.emulatedBranch();
        guest.vcpu.cpuid();
        guest.vcpu.emulatedBranch();
        assertEquals(2, guest.read(0));
    }

    @ParameterizedTest(name = "today: what is carried out counts in the rings that the counter counts in, on {0}")
    @MethodSource(HostCpu.EACH)
    void ringsNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW, Guest.selector(Host.INSTRUCTIONS) & ~KERNEL_MODE, 0);
        guest.vcpu.cpuid();
        assertEquals(0, guest.read(0));
        guest.vcpu.privilege(3, true, true);
        guest.vcpu.cpuid();
        guest.vcpu.privilege(0, true, true);
        assertEquals(1, guest.read(0));
    }

    @ParameterizedTest(name = "today: an overflow by what is carried out is reported and interrupts, on {0}")
    @MethodSource(HostCpu.EACH)
    void overflowNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW, Guest.selector(Host.INSTRUCTIONS) | Guest.INTERRUPTS, 0xFFFF_FFFEL);
        guest.vcpu.cpuid();
        assertFalse(guest.vcpu.isPmiPending());
        guest.vcpu.cpuid();
        assertTrue(guest.vcpu.takePmi());
        assertEquals(1, guest.status());
        guest.enable(0);
        assertEquals(2, guest.read(0), "RDMSR and WRMSR");
    }

    @ParameterizedTest(name = "today: a HLT that makes a counter overflow does not wait, if that interrupts, on {0}")
    @MethodSource(HostCpu.EACH)
    void overflowByHltNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW, Guest.selector(Host.INSTRUCTIONS) | Guest.INTERRUPTS, 0xFFFF_FFFFL);
        guest.vcpu.halt();
        assertTrue(guest.vcpu.isRunnable());
        assertTrue(guest.vcpu.takePmi());
        assertEquals(1, guest.status());
        guest.vcpu.halt();
        assertTrue(guest.vcpu.isHalted());
        Guest silent = counting(cpu, Design.NOW, Guest.selector(Host.INSTRUCTIONS), 0xFFFF_FFFFL);
        silent.vcpu.halt();
        assertTrue(silent.vcpu.isHalted());
    }

    @ParameterizedTest(name = "{1}: an instruction that faults has not retired, changes nothing, and the guest goes on, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void faults(HostCpu cpu, Design design) {
        Guest guest = counting(cpu, design, Guest.selector(Host.INSTRUCTIONS), 0);
        assertThrows(GeneralProtectionFault.class, () -> guest.vcpu.rdmsr(Guest.PMC + 0x100));
        assertThrows(GeneralProtectionFault.class, () -> guest.vcpu.wrmsr(Guest.STATUS, 1));
        assertThrows(GeneralProtectionFault.class, () -> guest.vcpu.wrmsr(Guest.EVENTSEL, -1));
        assertThrows(GeneralProtectionFault.class, () -> guest.vcpu.rdpmc(0x8000_0000));
        guest.vcpu.privilege(3, false, true);
        assertThrows(GeneralProtectionFault.class, () -> guest.vcpu.rdpmc(0));
        guest.vcpu.privilege(0, false, true);
        assertEquals(0, guest.read(0));
        assertEquals(Guest.selector(Host.INSTRUCTIONS), guest.vcpu.rdmsr(Guest.EVENTSEL));
        guest.work(Host.work(10, 0, 0));
        assertTrue(guest.read(0) >= 10);
    }
}
