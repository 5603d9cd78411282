package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accesses that the MSR bitmap and the controls let a guest make by itself, and those that they do not (domain.md §2.12). */
class PassThroughTest {

    private static List<String> accesses(Stubbed stubbed) {
        return stubbed.journal.takeAccesses().stream().map(Journal.Accessed::toString).toList();
    }

    @Test
    void everythingLeavesGuestModeAtFirst() {
        Stubbed stubbed = Stubbed.running();
        assertEquals(StubPmu.VALUE, stubbed.vcpu.rdmsr(Guest.PMC));
        stubbed.vcpu.wrmsr(Guest.PMC, 9);
        assertEquals(StubPmu.VALUE, stubbed.vcpu.rdpmc(0));
        assertEquals(List.of("rdmsr", "wrmsr", "rdpmc"), stubbed.pmu.take());
        assertEquals(List.of(), accesses(stubbed));
        assertTrue(stubbed.msrs().isReadIntercepted(Guest.PMC) && stubbed.msrs().isWriteIntercepted(Guest.PMC) && stubbed.msrs().isRdpmcIntercepted());
    }

    @Test
    void whatPassesIsTheGuestsOwnAccess() {
        Stubbed stubbed = Stubbed.running();
        stubbed.msrs().pass(Guest.PMC, true, true);
        stubbed.msrs().exitOnRdpmc(false);
        stubbed.work();
        stubbed.journal.take();
        stubbed.vcpu.wrmsr(Guest.PMC, 9);
        assertEquals(9, stubbed.vcpu.rdmsr(Guest.PMC));
        assertEquals(9, stubbed.vcpu.rdpmc(0));
        assertEquals(List.of(), stubbed.pmu.take());
        assertEquals(List.of("GUEST WRMSR 0xC1 0x9", "GUEST RDMSR 0xC1 0x9", "GUEST RDPMC 0x0 0x9"), accesses(stubbed));
        assertEquals(List.of(), stubbed.journal.take(), "it stays in guest mode");
        stubbed.first.work(Host.work(10, 0, 0));
        assertEquals(9, stubbed.first.hardware().rdmsr(Guest.PMC));
    }

    @Test
    void readsAndWritesPassEachForThemselves() {
        Stubbed stubbed = Stubbed.running();
        stubbed.msrs().pass(Guest.PMC, true, false);
        stubbed.msrs().pass(Guest.PMC + 1, false, true);
        assertEquals(0, stubbed.vcpu.rdmsr(Guest.PMC));
        stubbed.vcpu.wrmsr(Guest.PMC, 9);
        assertEquals(StubPmu.VALUE, stubbed.vcpu.rdmsr(Guest.PMC + 1));
        stubbed.vcpu.wrmsr(Guest.PMC + 1, 9);
        assertEquals(List.of("wrmsr", "rdmsr"), stubbed.pmu.take());
        assertEquals(List.of("GUEST RDMSR 0xC1 0x0", "GUEST WRMSR 0xC2 0x9"), accesses(stubbed));
        stubbed.msrs().pass(Guest.PMC, false, false);
        assertEquals(StubPmu.VALUE, stubbed.vcpu.rdmsr(Guest.PMC), "not any more");
    }

    @Test
    void afterAFaultTheHostsAccessesAreTheHostsAgain() {
        Stubbed stubbed = Stubbed.running();
        stubbed.msrs().pass(Guest.STATUS, true, true);
        assertThrows(GeneralProtectionFault.class, () -> stubbed.vcpu.wrmsr(Guest.STATUS, 1));
        assertEquals(List.of(), accesses(stubbed));
        // without a VM-exit, which would end it anyway
        stubbed.first.perf().watchdog(true);
        assertTrue(stubbed.journal.takeAccesses().stream().allMatch(access -> access.party() == Journal.Party.HOST));
    }

    @Test
    void rdpmcIsCheckedWithTheGuestsPrivilege() {
        Stubbed stubbed = Stubbed.running();
        stubbed.msrs().exitOnRdpmc(false);
        stubbed.vcpu.privilege(3, false, true);
        assertEquals(List.of("ring 3"), stubbed.pmu.take());
        assertThrows(GeneralProtectionFault.class, () -> stubbed.vcpu.rdpmc(0));
        stubbed.vcpu.privilege(3, true, true);
        assertEquals(0, stubbed.vcpu.rdpmc(0), "in guest mode it takes effect at once");
        stubbed.vcpu.privilege(3, false, true);
        stubbed.first.tick();
        assertEquals(0, stubbed.first.hardware().rdpmc(0), "the host is in ring 0");
        assertThrows(GeneralProtectionFault.class, () -> stubbed.vcpu.rdpmc(0));
    }

    @Test
    void afterResetTheGuestIsInRingZero() {
        Stubbed stubbed = Stubbed.running();
        stubbed.msrs().exitOnRdpmc(false);
        stubbed.vcpu.privilege(3, false, true);
        assertThrows(GeneralProtectionFault.class, () -> stubbed.vcpu.rdpmc(0));
        stubbed.pmu.take();
        stubbed.vcpu.reset();
        assertEquals(List.of("reset", "ring 0"), stubbed.pmu.take());
        assertEquals(0, stubbed.vcpu.rdpmc(0));
    }
}
