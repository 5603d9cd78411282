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

/** The naive model of the CPU that is unlike any other, and of version 4, against values that are worked out by hand. */
class NaivePmuOfOddCpuTest {

    private static final int SELECT0 = 0x700;
    private static final int VALUE0 = 0x701;
    private static final int STEADY0 = 0x750;
    private static final int STEADIES = 0x760;
    private static final int ENABLE = 0x761;
    private static final int STATUS = 0x762;
    private static final int CLEAR = 0x763;
    private static final int USES = 0x765;
    private static final int BRAKE = 0x766;
    private static final int RECORDS = 0x767;
    private static final int NEED = 0xC000_0100;

    /** Event 0x012:0x34, counted in the kernel. */
    private static final long OPS = 0x12_0034_0440L;
    /** Event 0x9A5:0x05, counted in the kernel. */
    private static final long NEEDING = 0xA5_0905_0440L;
    private static final long PMI = 1 << 9;
    private static final int UNMASKED = 0x400;

    private final NaivePmu pmu = new NaivePmu(OddCpu.described().sketch(), true);

    private static NaiveStep step(long cycles, NaiveStep.Pattern ops) {
        return new NaiveStep(cycles, 0, Transaction.OUTSIDE, List.of(new Occurrences(new Coded(0x012, 0x34, 0), ops)));
    }

    private long counted(long selector, NaiveStep step) throws NaiveFault {
        pmu.wrmsr(SELECT0, selector);
        pmu.wrmsr(VALUE0, 0);
        pmu.run(step, 0);
        return pmu.rdmsr(VALUE0);
    }

    @Test
    void resetLeavesOutWhatSmtTakesAway() throws NaiveFault {
        assertEquals(0x10_0150, pmu.rdmsr(ENABLE));
        assertEquals(0x10_1150, new NaivePmu(OddCpu.described().sketch(), false).rdmsr(ENABLE));
    }

    @Test
    void fixedCountersCountTheEventOfTheirRole() throws NaiveFault {
        pmu.wrmsr(STEADIES, 1 << 10);
        pmu.run(step(9, new Uniform(5)), 0);
        assertEquals(0x123_456C, pmu.rdmsr(STEADY0));
    }

    @Test
    void aValueIsSignExtendedToTheCountersWidthAndAnAliasTakesItWhole() throws NaiveFault {
        pmu.wrmsr(VALUE0, 0x8_0000);
        assertEquals(0x1F_FFF8_0000L, pmu.rdmsr(0x720));
        pmu.wrmsr(0x720, 0x8_0000);
        assertEquals(0x8_0000, pmu.rdmsr(VALUE0));
        assertThrows(NaiveFault.class, () -> pmu.wrmsr(0x720, 1L << 37));
        assertThrows(NaiveFault.class, () -> pmu.rdmsr(0x726), "counter 3 is not there with SMT on");
    }

    @Test
    void anAliasOfTheSelectorTakesWhatTheSelectorDrops() throws NaiveFault {
        pmu.wrmsr(SELECT0, -1);
        assertEquals(0x000C_0BFF_0FFF_3EFFL, pmu.rdmsr(0x730));
        pmu.wrmsr(0x730, -1);
        assertEquals(0x1F_FFFF_FFFFL, pmu.rdmsr(SELECT0));
    }

    @Test
    void equalAndInvertCompareWithTheThreshold() throws NaiveFault {
        NaiveStep twoInThree = step(6, new Run(2, 1, 3));
        assertEquals(2, counted(OPS | 2 | 1 << 13, twoInThree));
        assertEquals(0, counted(OPS | 1 | 1 << 13, twoInThree));
        assertEquals(4, counted(OPS | 2 | 1 << 13 | 1 << 12, twoInThree));
    }

    @Test
    void anExtraRegisterMattersOnItsCountersOnly() throws NaiveFault {
        NaiveStep step = new NaiveStep(2, 0, Transaction.OUTSIDE, List.of(new Occurrences(new Coded(0x9A5, 0x05, 0), new Uniform(3)),
                new Occurrences(new Coded(0x9A5, 0x05, 0x10), new Uniform(5))));
        pmu.wrmsr(NEED, 0x10);
        pmu.wrmsr(0x703, NEEDING);
        assertEquals(3, counted(NEEDING, step));
        assertEquals(5, pmu.rdmsr(0x704));
    }

    @Test
    void theBrakeStopsAllCountersWithTheEntryUnmasked() throws NaiveFault {
        pmu.wrmsr(BRAKE, 0xFF);
        assertEquals(0x59, pmu.rdmsr(BRAKE));
        pmu.lvtpc(UNMASKED);
        pmu.wrmsr(SELECT0, OPS | PMI);
        pmu.wrmsr(VALUE0, -1);
        assertEquals(1, pmu.run(step(3, new Uniform(3)), 0));
        assertEquals(1L << 63 | 1L << 32, pmu.rdmsr(STATUS));
        assertEquals(UNMASKED, pmu.lvtpc());
        assertEquals(3, pmu.run(step(3, new Uniform(3)), 1));
        assertEquals(0, pmu.rdmsr(VALUE0));
        assertEquals(0xC1EA, pmu.rdmsr(CLEAR));
        pmu.wrmsr(CLEAR, -1);
        assertEquals(0, pmu.rdmsr(STATUS));
    }

    /** Overflows in cycles 1 and 3; five cycles behind the first one the two are one interrupt. */
    @Test
    void aRequestThatFindsAnotherOnItsWayIsOneWithIt() throws NaiveFault {
        pmu.lvtpc(UNMASKED);
        pmu.skid(5);
        pmu.wrmsr(SELECT0, OPS | PMI);
        pmu.wrmsr(VALUE0, -2);
        pmu.wrmsr(0x703, OPS | PMI);
        pmu.wrmsr(0x704, -4);
        assertEquals(7, pmu.run(step(20, new Uniform(20)), 0));
        assertTrue(pmu.takePmi());
        assertEquals(20, pmu.run(step(20, new Uniform(20)), 7));
        assertFalse(pmu.pmiPending());
        assertEquals(1L << 32 | 1L << 35, pmu.rdmsr(STATUS));
    }

    @Test
    void usageShowsWhoCountsAndWhetherAnythingInterrupts() throws NaiveFault {
        assertEquals(1L << 61, pmu.rdmsr(USES));
        pmu.wrmsr(SELECT0, 0x01_0000_0000L);
        pmu.wrmsr(STEADIES, 1 << 15);
        assertEquals(1L << 61 | 1 << 12 | 1 << 1, pmu.rdmsr(USES));
        pmu.wrmsr(0x706, PMI);
        assertEquals(3L << 61 | 1 << 12 | 1 << 1, pmu.rdmsr(USES));
        pmu.wrmsr(0x706, 0);
        pmu.wrmsr(RECORDS, 1);
        assertEquals(3L << 61 | 1 << 12 | 1 << 1, pmu.rdmsr(USES));
    }

    @Test
    void siblingsShareWhatIsOfTheCore() throws NaiveFault {
        NaivePmu second = new NaivePmu(OddCpu.described().sketch(), true);
        second.wrmsr(NEED, 1);
        pmu.wrmsr(NEED, 2);
        NaivePmu.pair(pmu, second);
        assertEquals(2, second.rdmsr(NEED));
        second.wrmsr(NEED, 3);
        second.wrmsr(SELECT0, OPS);
        assertEquals(3, pmu.rdmsr(NEED));
        assertEquals(0, pmu.rdmsr(SELECT0));
        pmu.reset();
        assertEquals(0, second.rdmsr(NEED));
    }

    @Test
    void aCounterForBothThreadsCountsTheSibling() throws NaiveFault {
        pmu.wrmsr(0x703, OPS | 1L << 40);
        assertEquals(3, counted(OPS, step(3, new Uniform(3))));
        pmu.runSibling(step(3, new Uniform(3)), 0);
        assertEquals(3, pmu.rdmsr(VALUE0));
        assertEquals(6, pmu.rdmsr(0x704));
    }

    @Test
    void rdpmcReadsBanksAndRegistersByTheirTypes() throws NaiveFault {
        pmu.wrmsr(NEED, 0x77);
        pmu.wrmsr(VALUE0, 5);
        assertEquals(5, pmu.rdpmc(0x2000));
        assertEquals(0x123_4567, pmu.rdpmc(0x5010));
        assertEquals(0x77, pmu.rdpmc(0x1000));
        for (int ecx : new int[] {0x0000, 0x1010, 0x2030, 0x5020, 0x2001, 0x1_2000, 0x2400}) {
            assertThrows(NaiveFault.class, () -> pmu.rdpmc(ecx), () -> Integer.toHexString(ecx));
        }
        pmu.wrmsr(SELECT0, 1L << 43);
        assertEquals(5, pmu.rdpmc(0x2000));
        pmu.privilege(3, false, false);
        assertEquals(0, pmu.rdpmc(0x2000));
    }

    /** In 40 cycles 40 · 67 / 2717 = 0.99 ticks of the bus, in 100 cycles 100 · 1999 / 2717 = 73.6 of the time-stamp counter. */
    @Test
    void clocksHaveTheirOwnRates() throws NaiveFault {
        pmu.wrmsr(ENABLE, 1 << 21 | 1 << 4);
        pmu.wrmsr(STEADIES, 1 << 17);
        long start = pmu.rdmsr(STEADY0 + 1);
        counted(0x01_0807_0440L, step(40, new Uniform(0)));
        assertEquals(start, pmu.rdmsr(STEADY0 + 1));
        pmu.run(step(1, new Uniform(0)), 0);
        assertEquals(start + 1, pmu.rdmsr(STEADY0 + 1));
        pmu.run(step(59, new Uniform(0)), 0);
        assertEquals(73, pmu.rdmsr(VALUE0));
    }

    @Test
    void theStreamlinedFreezeSetsAStatusBitThatSoftwareClears() throws NaiveFault {
        NaivePmu four = new NaivePmu(SketchedCpus.version4().sketch(), true);
        NaiveStep step = new NaiveStep(4, 0, Transaction.OUTSIDE, List.of(new Occurrences(new Coded(0xC0, 0, 0), new Uniform(4))));
        four.lvtpc(UNMASKED);
        four.wrmsr(0x1D9, 1 << 12 | 1 << 11);
        four.wrmsr(0x186, 0x53_00C0);
        four.wrmsr(0xC1, -1);
        assertEquals(1, four.run(step, 0));
        assertEquals(1L << 59 | 1L << 58 | 1, four.rdmsr(0x38E));
        assertEquals(3, four.rdmsr(0x38F), "with SMT on there are two counters, and they stay enabled");
        assertEquals(4, four.run(step, 1));
        assertEquals(0, four.rdmsr(0xC1));
        four.wrmsr(0x390, 1L << 59);
        four.run(step, 0);
        assertEquals(4, four.rdmsr(0xC1));
        four.wrmsr(0x391, 2);
        assertEquals(1L << 58 | 3, four.rdmsr(0x38E));
        assertThrows(NaiveFault.class, () -> four.wrmsr(0x391, 4));
        assertEquals(1L << 63 | 1, four.rdmsr(0x392));
    }
}
