package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.VcpuPort.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LVTPC of a guest's local APIC: whether delivery masks it, and what becomes of a guest if it does not (domain.md §2.6, trap 28). */
class VirtualLvtTest {

    private static final long DISTANCE = 10;

    @Test
    void maskedItDropsWhatComes() {
        Stubbed stubbed = Stubbed.running();
        assertEquals(LvtEntry.LVTPC_MASKED, stubbed.vcpu.lvt().lvtpc(), "after reset");
        stubbed.pmu.port.request(Request.PMI);
        stubbed.work();
        assertFalse(stubbed.vcpu.isPmiPending());
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.work();
        stubbed.first.tick();
        stubbed.work();
        assertFalse(stubbed.vcpu.isPmiPending(), "what is lost does not come back");
    }

    @Test
    void deliveryMasksIt() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.pmu.port.request(Request.PMI);
        stubbed.work();
        assertEquals(LvtEntry.LVTPC_NMI | LvtEntry.LVTPC_MASKED, stubbed.vcpu.lvt().lvtpc());
        assertTrue(stubbed.vcpu.takePmi());
        assertFalse(stubbed.vcpu.takePmi());
    }

    @Test
    void withoutMaskingItStaysOpen() {
        Host host = new Host(HostCpu.any());
        StubPmu[] pmu = new StubPmu[1];
        Vcpu vcpu = new Vcpu(host.machine, "vcpu", false, port -> pmu[0] = new StubPmu(port));
        host.first.schedule(vcpu);
        vcpu.run();
        vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        for (int i = 0; i < 2; i++) {
            pmu[0].port.request(Request.PMI);
            vcpu.cpuid();
            assertEquals(LvtEntry.LVTPC_NMI, vcpu.lvt().lvtpc());
            assertTrue(vcpu.takePmi());
        }
    }

    @Test
    void bitsThatItDoesNotHaveAreDropped() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(-1);
        assertEquals(0x1_07FF, stubbed.vcpu.lvt().lvtpc());
    }

    @Test
    void theHandlerIsNotInterruptedByItself() {
        Stubbed stubbed = Stubbed.running();
        List<String> order = new ArrayList<>();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.vcpu.onPmi(() -> {
            order.add("begins");
            if (order.size() == 1) {
                stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
                stubbed.pmu.port.request(Request.PMI);
                stubbed.vcpu.cpuid();
            }
            order.add("ends");
        });
        stubbed.pmu.port.request(Request.PMI);
        stubbed.vcpu.cpuid();
        assertEquals(List.of("begins", "ends", "begins", "ends"), order);
    }

    @ParameterizedTest(name = "{1}: behind a handler that ends outside guest mode the guest goes on inside, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void behindTheHandler(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, -DISTANCE & 0xFFFF_FFFFL);
        guest.enable(1);
        int[] pmis = {0};
        guest.work(Host.work(DISTANCE, DISTANCE, 0));
        guest.vcpu.onPmi(() -> {
            pmis[0]++;
            guest.host.first.tick();
        });
        guest.work(Host.work(100, 100, 0));
        assertEquals(1, pmis[0]);
        assertEquals(100, guest.read(0));
    }

    @ParameterizedTest(name = "trap 28, 2018: a second overflow before the handler disables becomes an NMI without a cause, on {0}")
    @MethodSource(HostCpu.EACH)
    void unknownNmiThen(HostCpu cpu) {
        assertEquals(List.of(0b11L, 0L), statusOfEveryNmi(cpu, Design.THEN));
    }

    @ParameterizedTest(name = "trap 28, today: a second overflow before the handler disables has no NMI of its own, on {0}")
    @MethodSource(HostCpu.EACH)
    void noUnknownNmiNow(HostCpu cpu) {
        assertEquals(List.of(0b11L), statusOfEveryNmi(cpu, Design.NOW));
    }

    /** Two counters overflow one after the other, the second while the first one's handler begins; what each call of the handler finds in the status. */
    private static List<Long> statusOfEveryNmi(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        List<Long> found = new ArrayList<>();
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.vcpu.onPmi(() -> {
            guest.work(Host.work(DISTANCE, DISTANCE, DISTANCE));
            guest.enable(0);
            long status = guest.status();
            found.add(status);
            guest.vcpu.wrmsr(Guest.OVF_CTRL, status);
            guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        });
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, -DISTANCE & 0xFFFF_FFFFL);
        guest.select(1, Guest.selector(Host.MISSES) | Guest.INTERRUPTS, -DISTANCE & 0xFFFF_FFFFL);
        guest.enable(0b11);
        guest.work(Host.work(DISTANCE, DISTANCE, 1));
        guest.vcpu.cpuid();
        assertFalse(guest.vcpu.isPmiPending());
        return found;
    }

    @ParameterizedTest(name = "trap 29, {1}: counters that overflow together share one PMI, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void together(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        for (int counter = 0; counter < cpu.general(); counter++) {
            guest.select(counter, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, -DISTANCE & 0xFFFF_FFFFL);
        }
        guest.enable(cpu.generalCounters());
        guest.host.journal.take();
        guest.work(Host.work(DISTANCE, DISTANCE, 0));
        assertEquals(cpu.generalCounters(), guest.status());
        assertEquals(1, guest.host.journal.take().stream().filter("guest gets a PMI"::equals).count());
        assertTrue(guest.vcpu.takePmi());
        assertFalse(guest.vcpu.isPmiPending());
    }
}
