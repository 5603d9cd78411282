package dev.vpmu.cpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.Cpus;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.cpu.RegisterElement;
import java.util.List;
import org.junit.jupiter.api.Test;
import vpmu.intel.BroadwellEP;
import vpmu.intel.BroadwellEPEvents;
import vpmu.intel.BroadwellEPLayouts.EventSelectV3;
import vpmu.intel.BroadwellEPLayouts.FixedControlV3;
import vpmu.intel.BroadwellEPLayouts.GlobalControl;

/** The generated Broadwell-EP against the facts of the manual, written here by hand. */
class BroadwellEPTest {

    private final Cpu cpu = new BroadwellEP();

    @Test
    void itIsFoundByTheSignatureOfAnE5V4AndByNoOther() {
        assertEquals("BroadwellEP", Cpus.find("GenuineIntel", 6, 0x4F, 1).orElseThrow().name());
        assertFalse(cpu.isSignature("GenuineIntel", 6, 0x4E, 1));
        assertFalse(cpu.isSignature("GenuineIntel", 7, 0x4F, 1));
        assertFalse(cpu.isSignature("AuthenticAMD", 6, 0x4F, 1));
    }

    @Test
    void leaf0xASaysVersion3WithFourCountersOrEightWithoutSmt() {
        assertEquals(0x0730_0403, cpu.cpuid(0xA, 0, true).eax());
        assertEquals(0x0730_0803, cpu.cpuid(0xA, 0, false).eax());
        assertEquals(0x0603, cpu.cpuid(0xA, 0, true).edx());
        assertEquals(0, cpu.cpuid(0xA, 0, true).ebx());
        assertEquals(0, cpu.cpuid(0x23, 0, true).eax());
    }

    @Test
    void registersStandAtTheManualsAddresses() {
        assertEquals(0xC1, BroadwellEP.Msr.IA32_PMC);
        assertEquals(0x18D, BroadwellEP.Msr.IA32_PERFEVTSEL(7));
        assertEquals(0x38F, BroadwellEP.Msr.IA32_PERF_GLOBAL_CTRL);
        RegisterElement last = cpu.registers().stream().filter(register -> register.address() == 0x4C8).findFirst().orElseThrow();
        assertEquals("IA32_A_PMC[7]", last.name());
        assertTrue(last.withoutSmtOnly());
    }

    @Test
    void selectorsAreBuiltFieldByField() {
        long word = EventSelectV3.event(0, 0xC2);
        word = EventSelectV3.umask(word, 0x01);
        word = EventSelectV3.inv(word, true);
        word = EventSelectV3.cmask(word, 16);
        assertEquals(BroadwellEPEvents.TABLE.find("UOPS_RETIRED.TOTAL_CYCLES").orElseThrow().encoding(), word);
        assertEquals(16, EventSelectV3.cmask(word));
        assertFalse(EventSelectV3.edge(word));
        assertEquals(0x01, EventSelectV3.event(0, 0x301), "a value is cut to the field");
    }

    @Test
    void arraysOfFieldsFollowTheirCounters() {
        assertEquals(0x8L << 8, FixedControlV3.fixed__pmi(0, 2, true));
        assertTrue(GlobalControl.fixed__en(1L << 34, 2));
        assertFalse(GlobalControl.gp__en(1L << 34, 2));
    }

    @Test
    void thereAre375EventsOfTheVendorAnd7OfTheArchitecture() {
        assertEquals(375, cpu.events().all().stream().filter(event -> event.table().equals("BroadwellServerEvents")).count());
        assertEquals(7, cpu.events().all().stream().filter(event -> event.table().equals("ArchitecturalEvents")).count());
    }

    @Test
    void constraintsDecideWhichCountersHoldAnEvent() {
        assertEquals(0x4, event("L1D_PEND_MISS.PENDING").counters());
        assertEquals(0x4, event("CYCLE_ACTIVITY.STALLS_L1D_MISS").counters());
        assertEquals(0xFF, event("LONGEST_LAT_CACHE.MISS").counters());
        assertEquals(1L << 34, event("CPU_CLK_UNHALTED.REF_TSC").counters());
        assertEquals(0xFL, event("MEM_LOAD_UOPS_RETIRED.L3_MISS").counters());
    }

    @Test
    void eventsAreFoundByTheirConstantAndByTheirBits() {
        PmuEvent event = BroadwellEPEvents.TABLE.get(BroadwellEPEvents.LONGEST_LAT_CACHE__MISS);
        assertEquals("LONGEST_LAT_CACHE.MISS", event.name());
        assertEquals(List.of("LLC_MISSES", "LONGEST_LAT_CACHE.MISS"), cpu.events().withSelector(0x412E).stream().map(PmuEvent::name).toList());
    }

    @Test
    void offcoreEventsCanUseEitherRegister() {
        PmuEvent event = event("OFFCORE_RESPONSE.ALL_READS.LLC_MISS.LOCAL_DRAM");
        assertEquals("MSR_OFFCORE_RSP_0", event.extraRegister());
        assertEquals(List.of(0x1BBL), event.alternatives());
    }

    private PmuEvent event(String name) {
        return cpu.events().find(name).orElseThrow(() -> new AssertionError("no event " + name));
    }
}
