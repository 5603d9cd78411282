package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.VcpuPort.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for is done before the guest runs on, halting or not (domain.md §5.3, §5.4, trap 27). */
class RequestTest {

    @Test
    void workIsDoneBeforeEntryAndOnce() {
        Stubbed stubbed = Stubbed.running();
        stubbed.pmu.port.request(Request.PMU);
        stubbed.pmu.port.request(Request.PMU);
        assertEquals(List.of(), stubbed.pmu.take());
        stubbed.work();
        stubbed.work();
        assertEquals(List.of("work"), stubbed.pmu.take());
        assertEquals(List.of("vcpu is asked for PMU", "vcpu enters"), stubbed.journal.take());
    }

    @Test
    void whatIsAskedForMeanwhileIsDoneBeforeEntryToo() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        int[] times = {0};
        stubbed.pmu.work = () -> {
            if (++times[0] < 3) {
                stubbed.pmu.port.request(Request.PMU);
            } else {
                stubbed.pmu.port.request(Request.PMI);
            }
        };
        stubbed.pmu.port.request(Request.PMU);
        stubbed.work();
        assertEquals(List.of("work", "work", "work"), stubbed.pmu.take());
        assertEquals(List.of("vcpu is asked for PMU", "vcpu is asked for PMU", "vcpu is asked for PMU", "vcpu is asked for PMI", "vcpu gets a PMI", "vcpu enters"),
                stubbed.journal.take());
        assertTrue(stubbed.vcpu.takePmi());
        assertFalse(stubbed.vcpu.takePmi());
    }

    @Test
    void workComesBeforeThePmi() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.pmu.work = () -> assertFalse(stubbed.vcpu.isPmiPending());
        stubbed.pmu.port.request(Request.PMI);
        stubbed.pmu.port.request(Request.PMU);
        stubbed.work();
        assertEquals(List.of("work"), stubbed.pmu.take());
        assertTrue(stubbed.vcpu.isPmiPending());
    }

    @Test
    void aRequestKicksTheGuestOutOfGuestMode() {
        for (Request what : Request.values()) {
            Stubbed stubbed = Stubbed.running();
            stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
            stubbed.work();
            stubbed.journal.take();
            stubbed.pmu.port.request(what);
            assertEquals(List.of("vcpu is asked for " + what, "vcpu is kicked", "vcpu exits: EXTERNAL_INTERRUPT"), stubbed.journal.take());
            stubbed.work();
            assertEquals(what == Request.PMU ? List.of("work") : List.of(), stubbed.pmu.take());
            assertEquals(what == Request.PMI, stubbed.vcpu.isPmiPending());
        }
    }

    @Test
    void aPmiWakesAHaltedGuestAndWorkDoesNot() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.vcpu.halt();
        stubbed.pmu.port.request(Request.PMU);
        assertTrue(stubbed.vcpu.isHalted());
        assertFalse(stubbed.vcpu.isRunnable());
        stubbed.pmu.port.request(Request.PMI);
        assertFalse(stubbed.vcpu.isHalted());
        assertTrue(stubbed.vcpu.isRunnable());
        assertEquals(List.of("vcpu enters", "vcpu exits: HLT", "vcpu is asked for PMU", "vcpu is asked for PMI", "vcpu is kicked"), stubbed.journal.take());
        stubbed.work();
        assertTrue(stubbed.vcpu.takePmi());
        assertEquals(List.of("work"), stubbed.pmu.take());
    }

    @Test
    void aHaltedGuestThatWaitsForACpuWakesUpToo() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.vcpu.halt();
        stubbed.first.schedule(null);
        stubbed.pmu.port.request(Request.PMI);
        assertFalse(stubbed.vcpu.isHalted());
        assertFalse(stubbed.vcpu.isRunnable(), "it has no CPU");
        stubbed.second.schedule(stubbed.vcpu);
        stubbed.work();
        assertTrue(stubbed.vcpu.takePmi());
    }

    @Test
    void withAPmiThatWaitsAGuestDoesNotHalt() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.pmu.port.request(Request.PMI);
        stubbed.work();
        stubbed.vcpu.halt();
        assertFalse(stubbed.vcpu.isHalted());
        stubbed.work();
        assertTrue(stubbed.vcpu.takePmi());
        stubbed.vcpu.halt();
        assertTrue(stubbed.vcpu.isHalted());
    }

    @Test
    void resetForgetsWhatWasAskedFor() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        stubbed.pmu.port.request(Request.PMU);
        stubbed.pmu.port.request(Request.PMI);
        stubbed.vcpu.reset();
        stubbed.pmu.take();
        stubbed.vcpu.halt();
        assertTrue(stubbed.vcpu.isHalted());
        stubbed.vcpu.reset();
        assertFalse(stubbed.vcpu.isHalted());
        stubbed.pmu.take();
        stubbed.work();
        assertEquals(List.of(), stubbed.pmu.take());
        assertFalse(stubbed.vcpu.isPmiPending());
        assertEquals(LvtEntry.LVTPC_MASKED, stubbed.vcpu.lvt().lvtpc());
    }
}
