package dev.vpmu.generator.hardware.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.InventedCpuTest;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import org.junit.jupiter.api.Test;

/** What counters count; the expected values are worked out by hand. */
class InterpretedCountingTest {

    private static final CpuModel BROADWELL = Models.shipped("BroadwellEP");
    private static final CpuModel ODD = Models.of("Odd", InventedCpuTest.ODD);

    private static final long USER = 1 << 16;
    private static final long KERNEL = 1 << 17;
    private static final long EDGE = 1 << 18;
    private static final long ANY = 1 << 21;
    private static final long ENABLE = 1 << 22;
    private static final long INVERT = 1 << 23;
    private static final long IN_TRANSACTION = 1L << 32;
    private static final long CHECKPOINTED = 1L << 33;
    private static final long BRANCHES = 0xC4;
    private static final long EVENT = Step.event(0xC4, 0);

    private final InterpretedPmu pmu = new InterpretedPmu(BROADWELL, true);

    private static long threshold(long occurrences) {
        return occurrences << 24;
    }

    /** What counter 0 adds in a step. */
    private long counts(long selector, Step step) {
        pmu.wrmsr(0x186, BRANCHES | selector);
        pmu.wrmsr(0xC1, 0);
        assertEquals(step.cycles(), pmu.run(step, 0));
        return pmu.rdmsr(0xC1);
    }

    private static Step steady(int ring) {
        return Step.of(20).ring(ring).uniform(EVENT, 10).build();
    }

    /** Three a cycle in the cycles 0 to 3 and 10 to 13 of 20. */
    private static Step busy() {
        return Step.of(20).run(EVENT, 3, 4, 10).build();
    }

    @Test
    void modesAndEnablesDecide() {
        for (int bits = 0; bits < 16; bits++) {
            long selector = ((bits & 1) != 0 ? USER : 0) | ((bits & 2) != 0 ? KERNEL : 0) | ((bits & 4) != 0 ? ENABLE : 0);
            pmu.wrmsr(0x38F, bits >> 3);
            assertEquals((bits & 0b1110) == 0b1110 ? 10 : 0, counts(selector, steady(0)), "ring 0, " + bits);
            assertEquals((bits & 0b1101) == 0b1101 ? 10 : 0, counts(selector, steady(1)), "ring 1, " + bits);
            assertEquals((bits & 0b1101) == 0b1101 ? 10 : 0, counts(selector, steady(3)), "ring 3, " + bits);
        }
    }

    @Test
    void fixedCountersAreEnabledByTheirModes() {
        Step step = Step.of(50).uniform(Step.event(0xC0, 0), 70).build();
        pmu.wrmsr(0x38D, 0x28B);
        pmu.run(step, 0);
        assertEquals(0, pmu.rdmsr(0x309), "not enabled globally after reset");
        pmu.wrmsr(0x38F, 0x7_0000_0000L);
        pmu.run(step, 0);
        assertEquals(70, pmu.rdmsr(0x309), "instructions");
        assertEquals(0, pmu.rdmsr(0x30A), "interrupt enable alone");
        assertEquals(0, pmu.rdmsr(0x30B), "user mode alone");
        pmu.wrmsr(0x38D, 0x111);
        pmu.run(step, 0);
        assertEquals(140, pmu.rdmsr(0x309));
        assertEquals(50, pmu.rdmsr(0x30A), "core cycles");
        assertEquals(50, pmu.rdmsr(0x30B), "reference cycles, at the same rate");
    }

    @Test
    void thresholdCountsCyclesAndInvertTheOthers() {
        long on = KERNEL | ENABLE;
        assertEquals(24, counts(on, busy()));
        assertEquals(24, counts(on | INVERT, busy()), "no threshold, no effect");
        assertEquals(8, counts(on | threshold(1), busy()));
        assertEquals(8, counts(on | threshold(3), busy()));
        assertEquals(0, counts(on | threshold(4), busy()));
        assertEquals(12, counts(on | threshold(3) | INVERT, busy()));
        assertEquals(20, counts(on | threshold(4) | INVERT, busy()));
    }

    @Test
    void equalCountsCyclesWithJustSoMany() {
        CpuModel six = Models.of("Six", """
                package invented
                import vpmu.intel.arch.*
                cpu Six extends ArchPerfmonV6 {
                    signature Acme family 0x1F model 6
                    counters gp     [0..3]  width 48 bits
                    counters fixed  [0..2]  width 48 bits
                    has equal_flag, umask2
                }
                """);
        InterpretedPmu sixth = new InterpretedPmu(six, true);
        Step step = Step.of(10).uniform(Step.event(0xC4, 0x1200), 25).build();
        sixth.wrmsr(0x38F, 7);
        sixth.wrmsr(0x186, BRANCHES | 0x12L << 40 | KERNEL | ENABLE | threshold(2) | 1L << 36);
        sixth.wrmsr(0x187, BRANCHES | 0x12L << 40 | KERNEL | ENABLE | threshold(3) | 1L << 36 | INVERT);
        sixth.wrmsr(0x188, BRANCHES | 0x12L << 40 | KERNEL | ENABLE | 1L << 36);
        sixth.run(step, 0);
        assertEquals(5, sixth.rdmsr(0xC1), "2, 3, 2, 3, ...");
        assertEquals(5, sixth.rdmsr(0xC2));
        assertEquals(25, sixth.rdmsr(0xC3));
    }

    @Test
    void edgesAreCountedAcrossSteps() {
        long on = KERNEL | ENABLE | EDGE;
        assertEquals(2, counts(on, busy()));
        assertEquals(2, counts(on | threshold(2), busy()));
        assertEquals(2, counts(on | threshold(2) | INVERT, busy()), "cycles 4 and 14");
        assertEquals(0, counts(on | threshold(2) | INVERT, Step.of(4).run(EVENT, 1, 1, 4).build()), "held since cycle 14 of the step before");
        Step always = Step.of(10).uniform(EVENT, 10).build();
        assertEquals(0, counts(0, steady(0)));
        assertEquals(1, counts(on, always));
        assertEquals(0, counts(on, always));
        assertEquals(0, counts(on, steady(3)));
        assertEquals(1, counts(on, always), "a step in which it did not count was between");
        assertEquals(10, counts(KERNEL | ENABLE, always));
        assertEquals(1, counts(on, always), "a step in which it counted without edge detection was between");
    }

    @Test
    void registerWritesDoNotTouchTheEdgeDetectorAndResetDoes() {
        Step always = Step.of(10).uniform(EVENT, 10).build();
        long on = KERNEL | ENABLE | EDGE;
        assertEquals(1, counts(on, always));
        pmu.wrmsr(0x186, 0);
        pmu.wrmsr(0x38F, 0);
        pmu.wrmsr(0x38F, 1);
        assertEquals(0, counts(on, always));
        pmu.reset();
        assertEquals(1, counts(on, always));
    }

    @Test
    void transactionsQualify() {
        Step outside = steady(0);
        Step committed = Step.of(20).transaction(TransactionState.COMMITTED).uniform(EVENT, 10).build();
        Step aborted = Step.of(20).transaction(TransactionState.ABORTED).uniform(EVENT, 10).build();
        pmu.wrmsr(0x186, BRANCHES | KERNEL | ENABLE | IN_TRANSACTION);
        pmu.wrmsr(0x188, BRANCHES | KERNEL | ENABLE | CHECKPOINTED);
        pmu.run(outside, 0);
        assertEquals(0, pmu.rdmsr(0xC1));
        assertEquals(10, pmu.rdmsr(0xC3));
        pmu.run(committed, 0);
        assertEquals(10, pmu.rdmsr(0xC1));
        assertEquals(20, pmu.rdmsr(0xC3));
        pmu.run(aborted, 0);
        assertEquals(20, pmu.rdmsr(0xC1));
        assertEquals(20, pmu.rdmsr(0xC3));
    }

    @Test
    void anyThreadCountsTheSiblingToo() {
        pmu.wrmsr(0x186, BRANCHES | KERNEL | ENABLE | ANY);
        pmu.wrmsr(0x187, BRANCHES | KERNEL | ENABLE);
        pmu.run(steady(0), 0);
        pmu.runSibling(steady(0), 0);
        pmu.runSibling(steady(3), 0);
        assertEquals(20, pmu.rdmsr(0xC1));
        assertEquals(10, pmu.rdmsr(0xC2));
    }

    @Test
    void aStepOfTheSiblingMakesTheEdgeDetectorLow() {
        Step always = Step.of(10).uniform(EVENT, 10).build();
        pmu.wrmsr(0x186, BRANCHES | KERNEL | ENABLE | EDGE | ANY);
        pmu.wrmsr(0x187, BRANCHES | KERNEL | ENABLE | EDGE);
        pmu.run(always, 0);
        pmu.runSibling(always, 0);
        pmu.run(always, 0);
        assertEquals(1, pmu.rdmsr(0xC1));
        assertEquals(2, pmu.rdmsr(0xC2));
    }

    @Test
    void extraRegistersTellEventsApart() {
        long response = Step.event(0xB7, 1);
        Step step = Step.of(20).uniform(response, 0x1_0001, 5).uniform(response, 3, 7).uniform(response, 9)
                .uniform(Step.event(0xBB, 1), 0x1_0001, 6).build();
        pmu.wrmsr(0x186, 0x1B7 | KERNEL | ENABLE);
        pmu.wrmsr(0x187, 0x1BB | KERNEL | ENABLE);
        pmu.wrmsr(0x1A6, 0x1_0001);
        pmu.run(step, 0);
        assertEquals(5, pmu.rdmsr(0xC1));
        assertEquals(0, pmu.rdmsr(0xC2));
        pmu.wrmsr(0x1A6, 3);
        pmu.wrmsr(0x1A7, 0x1_0001);
        pmu.run(step, 0);
        assertEquals(12, pmu.rdmsr(0xC1));
        assertEquals(6, pmu.rdmsr(0xC2));
        pmu.wrmsr(0x1A6, 0);
        pmu.run(step, 0);
        assertEquals(21, pmu.rdmsr(0xC1));
    }

    @Test
    void countersWrapAndSetTheirStatusWithoutAskingForAnInterrupt() {
        pmu.lvtpc(0x400);
        pmu.wrmsr(0x187, BRANCHES | KERNEL | ENABLE);
        pmu.wrmsr(0xC2, -10);
        pmu.run(steady(0), 0);
        assertEquals(0, pmu.rdmsr(0xC2), "a count that lands on 0");
        assertEquals(2, pmu.rdmsr(0x38E));
        assertFalse(pmu.pmiPending());
        pmu.wrmsr(0x390, 2);
        pmu.wrmsr(0xC2, 0xFFFF_FFFFL);
        pmu.wrmsr(0xC2, 0);
        assertEquals(0, pmu.rdmsr(0x38E), "a write never overflows");
        pmu.wrmsr(0x4C2, 0xFFFF_FFFF_FFF5L);
        pmu.run(steady(0), 0);
        assertEquals(0xFFFF_FFFF_FFFFL, pmu.rdmsr(0xC2));
        assertEquals(0, pmu.rdmsr(0x38E));
    }

    @Test
    void theInventedCpuCountsByItsOwnFields() {
        InterpretedPmu odd = new InterpretedPmu(ODD, true);
        Step step = Step.of(10).uniform(Step.event(0x12, 0x34), 30).uniform(Step.event(0x9A, 5), 0x2A, 15)
                .uniform(Step.eventOfCounter(41), 4).build();
        odd.wrmsr(0x700, 0x10_0342L | 1 << 13 | 1 << 15);
        odd.wrmsr(0x706, 0x93_005AL & ~0xF000 | 1 << 13 | 1 << 15);
        odd.wrmsr(0x709, 0x90_005AL | 1 << 13 | 1 << 15 | 1 << 16);
        odd.wrmsr(0x765, 0x2A);
        odd.wrmsr(0x760, 0x0110);
        odd.run(step, 0);
        assertEquals(0, odd.rdmsr(0x750), "fixed counters are not enabled after reset");
        assertEquals(30, odd.rdmsr(0x701));
        assertEquals(0, odd.rdmsr(0x707), "threshold 3; 1 or 2 a cycle");
        assertEquals(10, odd.rdmsr(0x70A), "threshold 1");
        odd.wrmsr(0x761, 0x300_0000_0000L);
        odd.wrmsr(0x760, 0x1010);
        odd.run(step, 0);
        assertEquals(10, odd.rdmsr(0x750), "cycles");
        assertEquals(4, odd.rdmsr(0x751), "an event of its own");
        assertEquals(30, odd.rdmsr(0x701));
    }

    @Test
    void aBitCanMeanOneThingOnOneCounterAndAnotherOnTheNext() {
        InterpretedPmu two = new InterpretedPmu(Models.of("Two", """
                package invented

                bank c  index 0  rdpmc 0x0

                layout Select reserved ignored {
                    event   [7:0]    is event code
                    umask   [15:8]   is unit mask
                    u       [16]     is user mode
                    k       [17]     is kernel mode
                    int     [20]     is interrupt enable
                    en      [22]     is enable
                    edge    [24]     is edge detect   on c[0]
                    count   [24]     is threshold     on c[1]
                    unused  [25]     ignored
                }

                cpu Two {
                    signature Acme family 0x1F model 4
                    counters c  [0..2]  width 40 bits
                    msr SELECT[c]  0x10  is selector Select
                    msr COUNT[c]   0x20  is value
                    msr FIRST      0x30  is extra
                    msr SECOND     0x31  is extra
                    rdpmc index [7:0]  exit before fault
                    pmi through LVTPC stays unmasked
                    extra responses {
                        0x7:0x1  uses FIRST   valid 0xFF  on c[1]
                        0x7:0x2  uses FIRST   valid 0xFF
                        0x7:0x3  uses SECOND  valid 0xFF  on c[0..1]
                    }
                }
                """), true);
        Step step = Step.of(10).run(Step.event(7, 0), 3, 4, 5).uniform(Step.event(7, 1), 1).uniform(Step.event(7, 1), 0x11, 2)
                .uniform(Step.event(7, 3), 3).uniform(Step.event(7, 3), 0x22, 4).build();
        for (int counter = 0; counter < 3; counter++) {
            two.wrmsr(0x10 + counter, 0x342_0007);
        }
        two.run(step, 0);
        assertEquals(2, two.rdmsr(0x20), "rising edges");
        assertEquals(8, two.rdmsr(0x21), "cycles with 1 or more");
        assertEquals(24, two.rdmsr(0x22), "occurrences");
        two.wrmsr(0x30, 0x11);
        two.wrmsr(0x31, 0x22);
        for (int counter = 0; counter < 3; counter++) {
            two.wrmsr(0x10 + counter, 0x42_0107);
            two.wrmsr(0x20 + counter, 0);
        }
        two.run(step, 0);
        assertEquals(1, two.rdmsr(0x20), "the extra register is not for this counter");
        assertEquals(2, two.rdmsr(0x21));
        two.wrmsr(0x11, 0x42_0307);
        two.wrmsr(0x12, 0x42_0307);
        two.run(step, 0);
        assertEquals(2 + 4, two.rdmsr(0x21));
        assertEquals(1 + 3, two.rdmsr(0x22));
    }
}
