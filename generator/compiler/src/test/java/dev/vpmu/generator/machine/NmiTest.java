package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.registers.LvtEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PMIs of the host's events, in guest mode and out of it (domain.md §4.7, §5.3). */
class NmiTest {

    private static final int PERIOD = 100;

    /** Whether the vCPU's guest was interrupted, for each sample of an event of its thread. */
    private static PerfEvent sampled(Stubbed stubbed, List<Boolean> inGuest) {
        EventAttributes attributes = EventAttributes.of("sampled", Guest.event(Host.BRANCHES)).period(PERIOD).build();
        return stubbed.first.perf().open(stubbed.pmu.port.task(), attributes, (event, period) -> inGuest.add(stubbed.pmu.port.isInterruptedInGuest()));
    }

    @Test
    void anNmiInGuestModeLeavesItAndIsKnownAsTheGuests() {
        Stubbed stubbed = Stubbed.running();
        List<Boolean> inGuest = new ArrayList<>();
        sampled(stubbed, inGuest);
        stubbed.vcpu.work(Host.work(PERIOD + 10, PERIOD + 10, 0));
        assertEquals(List.of(true), inGuest);
        assertFalse(stubbed.pmu.port.isInterruptedInGuest(), "afterwards");
        assertEquals(List.of("vcpu enters", "vcpu exits: NMI", "CPU 0 takes an NMI in guest mode, handles 1", "vcpu enters"), stubbed.journal.take());
        assertEquals(PERIOD + 10, stubbed.first.cycles(), "the guest's work goes on");
    }

    @Test
    void anNmiInHostModeIsNot() {
        Stubbed stubbed = Stubbed.running();
        List<Boolean> inGuest = new ArrayList<>();
        sampled(stubbed, inGuest);
        stubbed.first.work(Host.work(PERIOD + 10, PERIOD + 10, 0));
        assertEquals(List.of(false), inGuest);
        assertEquals(List.of("CPU 0 takes an NMI in host mode, handles 1"), stubbed.journal.take());
        assertEquals(PERIOD + 10, stubbed.first.cycles());
    }

    @Test
    void whatIsPutOffRunsAfterTheHandler() {
        Stubbed stubbed = Stubbed.running();
        List<String> order = stubbed.journal.lines();
        EventAttributes attributes = EventAttributes.of("sampled", Guest.event(Host.BRANCHES)).period(PERIOD).build();
        stubbed.first.perf().open(stubbed.pmu.port.task(), attributes, (event, period) -> {
            stubbed.pmu.port.afterNmi(() -> order.add("first"));
            stubbed.pmu.port.afterNmi(() -> order.add("second"));
            order.add("handler");
        });
        stubbed.first.work(Host.work(PERIOD, PERIOD, 0));
        assertEquals(List.of("handler", "CPU 0 takes an NMI in host mode, handles 1", "first", "vcpu's irq-work ran", "second", "vcpu's irq-work ran"), order);
    }

    @Test
    void aGuestThatHaltsIsNotInterrupted() {
        Stubbed stubbed = Stubbed.running();
        List<Boolean> inGuest = new ArrayList<>();
        sampled(stubbed, inGuest);
        stubbed.first.hardware().pmiSkid(PERIOD);
        stubbed.vcpu.work(Host.work(PERIOD, PERIOD, 0));
        stubbed.vcpu.halt();
        stubbed.first.work(Host.work(PERIOD, PERIOD, 0));
        assertEquals(List.of(false), inGuest);
        assertTrue(stubbed.vcpu.isHalted(), "it is the host's own");
    }

    @Test
    void samplesAreTakenAfterThePeriodInEitherMode() {
        Stubbed stubbed = Stubbed.running();
        List<Boolean> inGuest = new ArrayList<>();
        PerfEvent event = sampled(stubbed, inGuest);
        for (int i = 0; i < 10; i++) {
            stubbed.vcpu.work(Host.work(70, 70, 0));
            stubbed.first.work(Host.work(80, 80, 0));
        }
        assertEquals(15, inGuest.size());
        assertEquals(1_500, event.read());
    }

    @Test
    void anNmiThatIsNobodysIsHandledByNobody() {
        Stubbed stubbed = Stubbed.running();
        stubbed.first.hardware().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.first.hardware().wrmsr(Guest.PMC, -5 & 0xFFFF_FFFFL);
        stubbed.first.hardware().wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS);
        stubbed.first.hardware().wrmsr(Guest.GLOBAL_CTRL, 1);
        stubbed.vcpu.work(Host.work(10, 10, 0));
        assertEquals(List.of("vcpu enters", "vcpu exits: NMI", "CPU 0 takes an NMI in guest mode, handles 0", "vcpu enters"), stubbed.journal.take());
    }
}
