package dev.vpmu.generator.hardware.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.InventedCpuTest;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Interrupts, freezes and time; the expected values are worked out by hand. */
class InterpretedPmuTest {

    private static final CpuModel BROADWELL = Models.shipped("BroadwellEP");
    private static final CpuModel ODD = Models.of("Odd", InventedCpuTest.ODD);
    private static final CpuModel FOUR = Models.of("Four", """
            package invented
            import vpmu.intel.arch.*
            cpu Four extends ArchPerfmonV4 {
                signature Acme family 0x1F model 4
                counters gp     [0..1] with smt, [0..3] without smt  width 48 bits
                counters fixed  [0..2]                               width 48 bits
                has pdcm, full_width_write
                msr IA32_PEBS_ENABLE  0x3F1  is precise enable
            }
            """);

    private static final long ON = 0x42_00C4;
    private static final long INTERRUPT = 1 << 20;
    private static final Step STEADY = Step.of(20).uniform(Step.event(0xC4, 0), 20).build();

    private final InterpretedPmu pmu = new InterpretedPmu(BROADWELL, true);

    /** Counter 0 asks for a PMI with its fifth occurrence, in cycle 4. */
    private static InterpretedPmu overflowsInCycle4(InterpretedPmu pmu) {
        pmu.lvtpc(0x400);
        pmu.wrmsr(0x186, ON | INTERRUPT);
        pmu.wrmsr(0xC1, -5);
        return pmu;
    }

    @Test
    void aPmiStopsTheStepAndMasksItself() {
        overflowsInCycle4(pmu);
        assertEquals(5, pmu.run(STEADY, 0));
        assertTrue(pmu.pmiPending());
        assertEquals(0x1_0400, pmu.lvtpc());
        assertEquals(0, pmu.rdmsr(0xC1));
        assertEquals(1, pmu.rdmsr(0x38E));
        assertTrue(pmu.takePmi());
        assertFalse(pmu.takePmi());
        pmu.wrmsr(0xC1, -5);
        assertEquals(20, pmu.run(STEADY, 5));
        assertEquals(10, pmu.rdmsr(0xC1));
        assertFalse(pmu.pmiPending(), "masked: lost");
        pmu.lvtpc(0x400);
        assertEquals(20, pmu.run(STEADY, 0));
        assertFalse(pmu.pmiPending(), "unmasking brings nothing back");
    }

    @Test
    void maskingDoesNotStopAnAcceptedPmi() {
        pmu.pmiSkid(30);
        overflowsInCycle4(pmu);
        assertEquals(20, pmu.run(STEADY, 0));
        pmu.lvtpc(0x1_0000);
        assertEquals(15, pmu.run(STEADY, 0), "15 of the 30 cycles were in the first step");
        assertTrue(pmu.pmiPending());
    }

    @Test
    void aPmiSkids() {
        pmu.pmiSkid(3);
        overflowsInCycle4(pmu);
        assertEquals(8, pmu.run(STEADY, 0));
        assertEquals(3, pmu.rdmsr(0xC1));
        assertTrue(pmu.pmiPending());
        assertThrows(IllegalArgumentException.class, () -> pmu.pmiSkid(-1));
    }

    @Test
    void aPmiOfTheLastCycleIsThereAtTheEnd() {
        overflowsInCycle4(pmu);
        pmu.wrmsr(0xC1, -20);
        assertEquals(20, pmu.run(STEADY, 0));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void theSiblingsWorkRaisesPmisToo() {
        overflowsInCycle4(pmu);
        assertEquals(20, pmu.runSibling(STEADY, 0));
        pmu.wrmsr(0x186, ON | INTERRUPT | 1 << 21);
        assertEquals(5, pmu.runSibling(STEADY, 0));
    }

    @Test
    void resetStopsWhatIsOnItsWayAndKeepsTheSkid() {
        pmu.pmiSkid(3);
        overflowsInCycle4(pmu);
        Step short5 = Step.of(5).uniform(Step.event(0xC4, 0), 5).build();
        pmu.run(short5, 0);
        pmu.reset();
        assertEquals(0x1_0000, pmu.lvtpc());
        assertEquals(20, pmu.run(STEADY, 0));
        assertFalse(pmu.pmiPending());
        overflowsInCycle4(pmu);
        assertEquals(8, pmu.run(STEADY, 0));
    }

    @Test
    void lvtpcKeepsItsBits() {
        pmu.lvtpc(-1);
        assertEquals(0x1_07FF, pmu.lvtpc());
    }

    @Test
    void anEarlierVersionFreezesByClearingTheEnables() {
        pmu.pmiSkid(3);
        pmu.wrmsr(0x1D9, 1 << 12 | 1 << 11 | 1);
        overflowsInCycle4(pmu);
        assertEquals(8, pmu.run(STEADY, 0));
        assertEquals(0, pmu.rdmsr(0xC1), "nothing counts behind cycle 4");
        assertEquals(0, pmu.rdmsr(0x38F));
        assertEquals(1 << 12 | 1 << 11, pmu.rdmsr(0x1D9), "branch records stop as well");
        pmu.wrmsr(0x38F, 1);
        pmu.run(STEADY, 8);
        assertEquals(12, pmu.rdmsr(0xC1));
    }

    @Test
    void aLaterVersionFreezesByItsStatus() {
        InterpretedPmu four = overflowsInCycle4(new InterpretedPmu(FOUR, true));
        four.wrmsr(0x1D9, 1 << 12);
        assertEquals(5, four.run(STEADY, 0));
        assertEquals(1L << 59 | 1, four.rdmsr(0x38E));
        assertEquals(3, four.rdmsr(0x38F));
        assertEquals(20, four.run(STEADY, 5));
        assertEquals(0, four.rdmsr(0xC1));
        four.wrmsr(0x390, 1L << 59);
        four.run(STEADY, 5);
        assertEquals(15, four.rdmsr(0xC1));
        four.wrmsr(0x391, 1L << 59);
        four.run(STEADY, 0);
        assertEquals(15, four.rdmsr(0xC1), "software can set the status too");
    }

    @Test
    void usageShowsWhatIsInUse() {
        InterpretedPmu four = new InterpretedPmu(FOUR, true);
        assertEquals(0, four.rdmsr(0x392));
        four.wrmsr(0x186, 0x100);
        four.wrmsr(0x187, 0x1);
        four.wrmsr(0x38D, 0xC21);
        assertEquals(1L << 63 | 0x3_0000_0002L, four.rdmsr(0x392));
        four.wrmsr(0x38D, 0);
        assertEquals(2, four.rdmsr(0x392));
        four.wrmsr(0x3F1, 1);
        assertEquals(1L << 63 | 2, four.rdmsr(0x392));
        assertThrows(RuntimeException.class, () -> four.wrmsr(0x392, 0));
        InterpretedPmu alone = new InterpretedPmu(FOUR, false);
        alone.wrmsr(0x189, 0x10_0001);
        assertEquals(1L << 63 | 8, alone.rdmsr(0x392));
    }

    @Test
    void requestsThatMeetBecomeOne() {
        InterpretedPmu odd = new InterpretedPmu(ODD, true);
        Step step = Step.of(40).uniform(Step.event(1, 0), 40).build();
        odd.lvtpc(0x400);
        odd.pmiSkid(10);
        for (int counter : new int[] {0, 2, 3}) {
            odd.wrmsr(0x700 + 3 * counter, 1 << 13 | 1 << 14 | 1 << 15 | 1);
        }
        odd.wrmsr(0x701, -1);
        odd.wrmsr(0x707, -6);
        odd.wrmsr(0x70A, -21);
        assertEquals(11, odd.run(step, 0));
        assertEquals(0x400, odd.lvtpc(), "stays unmasked");
        assertEquals(0b101, odd.rdmsr(0x762));
        assertEquals(40, odd.run(step, 11), "one still waits to be taken");
        assertEquals(0b1101, odd.rdmsr(0x762));
        assertTrue(odd.takePmi());
        odd.wrmsr(0x701, -7);
        assertEquals(17, odd.run(step, 0));
    }

    @Test
    void aRequestInTheCycleInWhichAnotherIsThereBecomesOneWithIt() {
        InterpretedPmu odd = new InterpretedPmu(ODD, true);
        Step step = Step.of(40).uniform(Step.event(1, 0), 40).build();
        odd.lvtpc(0x400);
        odd.pmiSkid(10);
        odd.wrmsr(0x700, 1 << 13 | 1 << 14 | 1 << 15 | 1);
        odd.wrmsr(0x706, 1 << 13 | 1 << 14 | 1 << 15 | 1);
        odd.wrmsr(0x701, -1);
        odd.wrmsr(0x707, -11);
        assertEquals(11, odd.run(step, 0));
        assertTrue(odd.takePmi());
        assertEquals(40, odd.run(step, 11));
        assertFalse(odd.pmiPending());
    }

    @Test
    void aRequestThatBecomesOneWithAnotherFreezesToo() {
        pmu.pmiSkid(30);
        overflowsInCycle4(pmu);
        pmu.wrmsr(0x187, ON | INTERRUPT);
        pmu.wrmsr(0xC2, -25);
        assertEquals(20, pmu.run(STEADY, 0));
        pmu.lvtpc(0x400);
        pmu.wrmsr(0x1D9, 1 << 12);
        assertEquals(15, pmu.run(STEADY, 0));
        assertEquals(0x1_0400, pmu.lvtpc());
        assertEquals(0, pmu.rdmsr(0x38F));
        assertEquals(20, pmu.rdmsr(0xC1), "until the fifth cycle of the second step");
        assertEquals(0, pmu.rdmsr(0xC2));
    }

    @Test
    void longStepsTakeNoTime() {
        long cycles = 1L << 31;
        Step step = Step.of(cycles).uniform(Step.event(0xC4, 0), cycles / 2).build();
        overflowsInCycle4(pmu);
        pmu.wrmsr(0x4C1, (1L << 48) - (1L << 29));
        assertEquals(1L << 30, pmu.run(step, 0), "every second cycle has one, the first has none");
        assertEquals(cycles, pmu.run(step, 1L << 30));
        assertEquals(1L << 29, pmu.rdmsr(0xC1));
    }

    @Test
    void slowClocksTickOnFromStepToStep() {
        Step step = Step.of(100).build();
        pmu.wrmsr(0x186, 0x42_013C);
        pmu.wrmsr(0x187, 0x42_003C);
        pmu.run(step, 0);
        assertEquals(4, pmu.rdmsr(0xC1), "in the cycles 21, 43, 65, 87");
        pmu.runSibling(step, 0);
        assertEquals(4, pmu.rdmsr(0xC1));
        pmu.run(step, 0);
        assertEquals(4 + 4, pmu.rdmsr(0xC1), "219, 241, 263, 285; time passed while the sibling ran");
        assertEquals(200, pmu.rdmsr(0xC2));
        overflowsInCycle4(pmu);
        pmu.wrmsr(0x186, 0x52_013C);
        pmu.wrmsr(0xC1, -2);
        assertEquals(30, pmu.run(step, 0), "307 and 329");
        assertEquals(100, pmu.run(step, 40));
        assertEquals(2, pmu.rdmsr(0xC1), "351 and 373: what a step skips takes no time");
        pmu.reset();
        pmu.wrmsr(0x186, 0x42_013C | 1 << 18);
        pmu.run(step, 0);
        assertEquals(4, pmu.rdmsr(0xC1), "reset starts time anew; ticks that stand alone are edges");
    }

    @Test
    void aClockCanBeFasterThanTheCore() {
        InterpretedPmu fast = new InterpretedPmu(Models.of("Fast", """
                package invented
                import vpmu.intel.arch.*
                cpu Fast extends ArchPerfmonV2 {
                    signature Acme family 0x1F model 5
                    counters gp     [0..3]  width 48 bits
                    counters fixed  [0..2]  width 48 bits
                    clocks core 2000 MHz tsc 5000 MHz bus 3000 MHz
                }
                """), true);
        Step three = Step.of(3).build();
        fast.wrmsr(0x38D, 0x133);
        fast.wrmsr(0x186, 0x42_013C | 2 << 24);
        fast.wrmsr(0x187, 0x42_013C | 2 << 24 | 1 << 18);
        fast.wrmsr(0x188, 0x42_013C);
        fast.wrmsr(0x38F, 0x7_0000_000FL);
        fast.run(three, 0);
        assertEquals(7, fast.rdmsr(0x30B), "2, 3, 2");
        assertEquals(3, fast.rdmsr(0x30A));
        assertEquals(1, fast.rdmsr(0xC1), "1, 2, 1");
        assertEquals(4, fast.rdmsr(0xC3));
        fast.run(three, 0);
        assertEquals(15, fast.rdmsr(0x30B), "3, 2, 3");
        assertEquals(3, fast.rdmsr(0xC1), "2, 1, 2");
        assertEquals(3, fast.rdmsr(0xC2));
        assertEquals(9, fast.rdmsr(0xC3));
    }

    @Test
    void clocksOfWhichNothingIsSaidAreEquallyFast() {
        InterpretedPmu four = new InterpretedPmu(FOUR, true);
        four.wrmsr(0x186, 0x42_013C);
        four.run(Step.of(7).build(), 0);
        assertEquals(7, four.rdmsr(0xC1));
    }

    @Test
    void aCpuOfWhichNothingIsSaidHasNeitherInterruptsNorRdpmc() {
        InterpretedPmu silent = overflowsInCycle4(new InterpretedPmu(silent(BROADWELL), true));
        assertEquals(20, silent.run(STEADY, 0));
        assertFalse(silent.pmiPending());
        assertEquals(0x400, silent.lvtpc());
        assertEquals(1, silent.rdmsr(0x38E));
        assertThrows(GeneralProtectionFault.class, () -> silent.rdpmc(0));
    }

    /** The CPU without what says how PMIs are raised and how RDPMC reads ECX. */
    private static CpuModel silent(CpuModel cpu) {
        return new CpuModel(cpu.packageName(), cpu.name(), cpu.version(), cpu.signatures(), cpu.banks(), cpu.capabilities(), cpu.layouts(),
                cpu.registers(), cpu.addresses(), cpu.leaves(), Optional.empty(), Optional.empty(), cpu.freezes(), cpu.branchRecords(),
                cpu.preciseRecords(), cpu.extras(), cpu.constraints(), cpu.periods(), cpu.events(), cpu.clocks(), cpu.clockEvents(),
                cpu.fixedEvents(), cpu.policies(), cpu.origin());
    }

    @Test
    void whatAStepSaysOfClocksIsNotLookedAt() {
        pmu.wrmsr(0x186, 0x42_003C);
        pmu.run(Step.of(10).uniform(Step.event(0x3C, 0), 99).build(), 0);
        assertEquals(10, pmu.rdmsr(0xC1));
    }
}
