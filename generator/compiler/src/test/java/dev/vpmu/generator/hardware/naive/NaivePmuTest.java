package dev.vpmu.generator.hardware.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.hardware.naive.NaiveStep.Coded;
import dev.vpmu.generator.hardware.naive.NaiveStep.Occurrences;
import dev.vpmu.generator.hardware.naive.NaiveStep.Run;
import dev.vpmu.generator.hardware.naive.NaiveStep.Transaction;
import dev.vpmu.generator.hardware.naive.NaiveStep.Uniform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The naive model against values that are worked out by hand. */
class NaivePmuTest {

    private static final int PMC0 = 0xC1;
    private static final int PMC2 = 0xC3;
    private static final int SELECT0 = 0x186;
    private static final int SELECT2 = 0x188;
    private static final int FIXED2 = 0x30B;
    private static final int FIXED_CONTROL = 0x38D;
    private static final int STATUS = 0x38E;
    private static final int ENABLE = 0x38F;
    private static final int CLEAR = 0x390;
    private static final int DEBUG = 0x1D9;

    private static final long INSTRUCTIONS = 0x43_00C0;
    private static final long BUS_CYCLES = 0x43_013C;
    private static final long INT = 1 << 20;
    private static final long EDGE = 1 << 18;
    private static final long INV = 1 << 23;
    private static final long FREEZE_COUNTERS = 1 << 12;
    private static final int NMI = 0x400;

    private final NaivePmu pmu = new NaivePmu(SketchedCpus.broadwellEp(), true);

    private static NaiveStep step(long cycles, NaiveStep.Pattern instructions) {
        return new NaiveStep(cycles, 0, Transaction.OUTSIDE, List.of(new Occurrences(new Coded(0xC0, 0, 0), instructions)));
    }

    private void count(int select, long selector) throws NaiveFault {
        pmu.wrmsr(select, selector);
    }

    /** What counter 0 counts in the step from 0 on. */
    private long counted(long selector, NaiveStep step) throws NaiveFault {
        count(SELECT0, selector);
        pmu.wrmsr(PMC0, 0);
        pmu.run(step, 0);
        return pmu.rdmsr(PMC0);
    }

    @Test
    void everyOccurrenceIsCounted() throws NaiveFault {
        assertEquals(7, counted(INSTRUCTIONS, step(10, new Uniform(7))));
        assertEquals(18, counted(INSTRUCTIONS, step(10, new Run(3, 2, 4))));
    }

    /** 7 in 10 cycles: 0 1 1 0 1 1 0 1 1 1. */
    @Test
    void evenMeansTheDifferenceOfTwoQuotients() {
        for (long j = 0; j < 10; j++) {
            assertEquals(j % 3 == 0 && j < 9 ? 0 : 1, new Uniform(7).in(j, 10));
        }
    }

    @Test
    void aCarrySetsTheStatusBitWithoutAnInterrupt() throws NaiveFault {
        count(SELECT0, INSTRUCTIONS);
        pmu.lvtpc(NMI);
        pmu.wrmsr(PMC0, -1);
        assertEquals(0xFFFF_FFFF_FFFFL, pmu.rdmsr(PMC0));
        assertEquals(0, pmu.rdmsr(STATUS));
        assertEquals(4, pmu.run(step(4, new Uniform(3)), 0));
        assertEquals(2, pmu.rdmsr(PMC0));
        assertEquals(1, pmu.rdmsr(STATUS));
        assertEquals(NMI, pmu.lvtpc());
        pmu.wrmsr(CLEAR, 1);
        assertEquals(0, pmu.rdmsr(STATUS));
    }

    /** In 12 cycles: 2 2 2 0, three times. */
    @ParameterizedTest
    @CsvSource({
        "0, false, false, 18",
        "0, true,  false, 18",
        "1, false, false, 9",
        "2, false, false, 9",
        "3, false, false, 0",
        "1, true,  false, 3",
        "3, true,  false, 12",
        "0, false, true,  3",
        "2, false, true,  3",
        "1, true,  true,  3",
        "3, true,  true,  1",
        "3, false, true,  0"
    })
    void thresholdThenInvertThenEdge(long cmask, boolean inv, boolean edge, long expected) throws NaiveFault {
        long selector = INSTRUCTIONS | cmask << 24 | (inv ? INV : 0) | (edge ? EDGE : 0);
        assertEquals(expected, counted(selector, step(12, new Run(2, 3, 4))));
    }

    @Test
    void anEdgeIsSeenAcrossStepsUnlessACycleIsNotCounted() throws NaiveFault {
        NaiveStep busy = step(2, new Run(1, 2, 2));
        assertEquals(1, counted(INSTRUCTIONS | EDGE, busy));
        pmu.run(busy, 0);
        assertEquals(1, pmu.rdmsr(PMC0));
        pmu.run(new NaiveStep(1, 3, Transaction.OUTSIDE, busy.occurrences()), 0);
        assertEquals(1, pmu.rdmsr(PMC0), "user mode is counted as well, so the condition has held all the time");
        pmu.runSibling(busy, 0);
        pmu.run(busy, 0);
        assertEquals(2, pmu.rdmsr(PMC0), "the sibling's cycles are not counted, so the condition begins to hold anew");
    }

    @Test
    void aCycleThatIsCountedWithoutEdgeDetectionMakesTheDetectorLow() throws NaiveFault {
        NaiveStep busy = step(2, new Run(1, 2, 2));
        assertEquals(2, counted(INSTRUCTIONS, busy));
        assertEquals(1, counted(INSTRUCTIONS | EDGE, busy));
        count(SELECT0, INSTRUCTIONS);
        count(SELECT0, INSTRUCTIONS | EDGE);
        pmu.run(busy, 0);
        assertEquals(1, pmu.rdmsr(PMC0), "a write alone does not touch it");
    }

    @Test
    void aPmiMasksItsEntryAndIsThereAfterTheSkid() throws NaiveFault {
        count(SELECT0, INSTRUCTIONS | INT);
        pmu.lvtpc(NMI);
        pmu.skid(3);
        pmu.wrmsr(PMC0, -2);
        assertEquals(5, pmu.run(step(10, new Uniform(10)), 0), "the overflow is in cycle 1, and three more cycles pass");
        assertTrue(pmu.pmiPending());
        assertEquals(NMI | 1 << 16, pmu.lvtpc());
        assertEquals(3, pmu.rdmsr(PMC0));
        assertTrue(pmu.takePmi());
        assertFalse(pmu.takePmi());
    }

    @Test
    void whatOverflowsWhileTheEntryIsMaskedNeverInterrupts() throws NaiveFault {
        count(SELECT0, INSTRUCTIONS | INT);
        pmu.wrmsr(PMC0, -1);
        assertEquals(5, pmu.run(step(5, new Uniform(5)), 0));
        pmu.lvtpc(NMI);
        assertEquals(5, pmu.run(step(5, new Uniform(5)), 0));
        assertFalse(pmu.pmiPending());
    }

    @Test
    void theLegacyFreezeClearsTheGlobalEnables() throws NaiveFault {
        count(SELECT0, INSTRUCTIONS | INT);
        pmu.lvtpc(NMI);
        pmu.wrmsr(DEBUG, FREEZE_COUNTERS | 1 << 11 | 1);
        pmu.wrmsr(PMC0, -1);
        assertEquals(1, pmu.run(step(5, new Uniform(5)), 0));
        assertEquals(0, pmu.rdmsr(ENABLE));
        assertEquals(FREEZE_COUNTERS | 1 << 11, pmu.rdmsr(DEBUG));
        pmu.run(step(5, new Uniform(5)), 1);
        assertEquals(0, pmu.rdmsr(PMC0));
    }

    /** The time-stamp counter at 2,200 MHz ticks in every core cycle, the bus at 100 MHz in every 22nd. */
    @Test
    void clocksTickByTheCyclesSinceReset() throws NaiveFault {
        pmu.wrmsr(ENABLE, 1L << 34 | 1);
        pmu.wrmsr(FIXED_CONTROL, 0x300);
        assertEquals(0, counted(BUS_CYCLES, step(21, new Uniform(0))));
        assertEquals(21, pmu.rdmsr(FIXED2));
        pmu.runSibling(step(1, new Uniform(0)), 0);
        assertEquals(0, pmu.rdmsr(PMC0), "the tick falls into the sibling's cycle");
        pmu.run(step(22, new Uniform(0)), 0);
        assertEquals(1, pmu.rdmsr(PMC0));
        assertEquals(43, pmu.rdmsr(FIXED2));
        pmu.run(step(5, new Uniform(0)), 0);
        pmu.reset();
        assertEquals(0, counted(BUS_CYCLES, step(21, new Uniform(0))));
    }

    @Test
    void transactionsAreFilteredByTheirQualifiers() throws NaiveFault {
        count(SELECT0, INSTRUCTIONS | 1L << 32);
        count(SELECT2, INSTRUCTIONS | 1L << 33);
        for (Transaction transaction : Transaction.values()) {
            pmu.run(new NaiveStep(1, 0, transaction, List.of(new Occurrences(new Coded(0xC0, 0, 0), new Uniform(1)))), 0);
        }
        assertEquals(2, pmu.rdmsr(PMC0), "not outside");
        assertEquals(2, pmu.rdmsr(PMC2), "not what is aborted");
        assertThrows(NaiveFault.class, () -> pmu.wrmsr(SELECT0, 1L << 33));
    }

    @Test
    void anExtraRegisterChoosesWhatIsCounted() throws NaiveFault {
        NaiveStep step = new NaiveStep(3, 0, Transaction.OUTSIDE, List.of(new Occurrences(new Coded(0xB7, 1, 0), new Uniform(2)),
                new Occurrences(new Coded(0xB7, 1, 0x10), new Uniform(3))));
        assertEquals(2, counted(0x43_01B7, step));
        pmu.wrmsr(0x1A6, 0x10);
        assertEquals(3, counted(0x43_01B7, step));
        pmu.wrmsr(0x1A6, 0x20);
        assertEquals(0, counted(0x43_01B7, step));
    }

    @Test
    void rdpmcAsksForTypeIndexAndPrivilege() throws NaiveFault {
        pmu.wrmsr(PMC2, 77);
        assertEquals(77, pmu.rdpmc(2));
        assertThrows(NaiveFault.class, () -> pmu.rdpmc(4), "with SMT on there are four");
        assertEquals(0, pmu.rdpmc(0x4000_0002));
        assertThrows(NaiveFault.class, () -> pmu.rdpmc(0x4000_0003));
        assertThrows(NaiveFault.class, () -> pmu.rdpmc(0x8000_0000));
        pmu.privilege(3, false, true);
        assertThrows(NaiveFault.class, () -> pmu.rdpmc(2));
        pmu.privilege(3, true, true);
        assertEquals(77, pmu.rdpmc(2));
    }

    @Test
    void whatSmtTakesAwayIsNotThere() throws NaiveFault {
        NaivePmu alone = new NaivePmu(SketchedCpus.broadwellEp(), false);
        assertEquals(0xFF, alone.rdmsr(ENABLE));
        alone.wrmsr(0xC8, 5);
        assertEquals(0xF, pmu.rdmsr(ENABLE));
        assertThrows(NaiveFault.class, () -> pmu.rdmsr(0xC8));
        assertThrows(NaiveFault.class, () -> pmu.wrmsr(ENABLE, 0x10));
    }

    @Test
    void fullWidthWritesAreNotSignExtendedAndFaultBeyondTheWidth() throws NaiveFault {
        pmu.wrmsr(PMC0, 0xFFFF_8000_0000L);
        assertEquals(0xFFFF_8000_0000L, pmu.rdmsr(0x4C1));
        pmu.wrmsr(0x4C1, 0x8000_0000L);
        assertEquals(0x8000_0000L, pmu.rdmsr(PMC0));
        assertThrows(NaiveFault.class, () -> pmu.wrmsr(0x4C1, 1L << 48));
    }
}
