package dev.vpmu.runtime.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way from an overflow to the interrupt that is there: {@link PmuHardware#run}, LVTPC, skid and freezing. */
class PmuInterruptTest {

    private static final long FIRST = TwoCounters.EVENTS[0];
    private static final long SECOND = TwoCounters.EVENTS[1];
    private static final int VECTOR = 0xEF;

    private final TwoCounters pmu = unmasked(new TwoCounters(true, false));

    private static TwoCounters unmasked(TwoCounters pmu) {
        pmu.lvtpc(PmuHardware.LVTPC_NMI);
        return pmu;
    }

    /** The first event once a cycle, the second never. */
    private static Step each(long cycles) {
        return Step.of(cycles).uniform(FIRST, cycles).build();
    }

    private static Step both(long cycles) {
        return Step.of(cycles).uniform(FIRST, cycles).uniform(SECOND, cycles).build();
    }

    private static TwoCounters overflowingIn(TwoCounters pmu, long first, long second) {
        pmu.counters[0] = 256 - first;
        pmu.counters[1] = 256 - second;
        return pmu;
    }

    private static List<Long> stops(TwoCounters pmu, Step step) {
        List<Long> stops = new ArrayList<>();
        for (long at = 0; at < step.cycles();) {
            at = pmu.run(step, at);
            stops.add(at);
            pmu.takePmi();
        }
        return stops;
    }

    @Test
    void aStepWithoutAnOverflowRunsToItsEnd() {
        assertEquals(100, pmu.run(each(100), 0));
        assertEquals(100, pmu.counters[0]);
        assertFalse(pmu.pmiPending());
    }

    @Test
    void aStepGoesOnFromTheCycleItIsGiven() {
        assertEquals(100, pmu.run(each(100), 60));
        assertEquals(40, pmu.counters[0]);
    }

    @Test
    void aStepThatIsDoneCountsNothing() {
        assertEquals(100, pmu.run(each(100), 100));
        assertEquals(0, pmu.pieces);
    }

    @Test
    void anOverflowStopsTheStepBehindItsCycle() {
        overflowingIn(pmu, 10, 200);
        assertEquals(10, pmu.run(both(100), 0));
        assertTrue(pmu.pmiPending());
        assertEquals(0, pmu.counters[0]);
        assertEquals(66, pmu.counters[1]);
        assertEquals(1, pmu.overflowStatus);
    }

    @Test
    void anOverflowInTheLastCycleIsThereWhenTheStepEnds() {
        overflowingIn(pmu, 100, 200);
        assertEquals(100, pmu.run(each(100), 0));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void theOverflowsOfAStepStopItInTheOrderOfTheirCycles() {
        overflowingIn(pmu, 30, 10);
        assertEquals(List.of(10L, 30L, 266L, 286L, 300L), stops(pmu, both(300)));
        assertEquals(3, pmu.overflowStatus);
    }

    @Test
    void overflowsOfOneCycleAreOneInterrupt() {
        overflowingIn(pmu, 10, 10);
        assertEquals(List.of(10L, 100L), stops(pmu, both(100)));
        assertEquals(3, pmu.overflowStatus);
    }

    @Test
    void anOverflowThatDoesNotAskForAPmiRaisesNone() {
        pmu.asksForPmi[0] = false;
        overflowingIn(pmu, 10, 200);
        assertEquals(100, pmu.run(each(100), 0));
        assertFalse(pmu.pmiPending());
        assertEquals(1, pmu.overflowStatus);
    }

    @Test
    void aCpuWithoutAPmiRaisesNone() {
        TwoCounters silent = overflowingIn(unmasked(new TwoCounters(false, true)), 10, 200);
        silent.freezeOnPmi = true;
        assertEquals(100, silent.run(each(100), 0));
        assertFalse(silent.pmiPending());
        assertFalse(silent.frozen);
        assertEquals(PmuHardware.LVTPC_NMI, silent.lvtpc());
        assertEquals(1, silent.pieces);
    }

    @Test
    void aPmiThatIsTakenIsNoLongerThere() {
        overflowingIn(pmu, 10, 200);
        assertFalse(pmu.takePmi());
        pmu.run(each(100), 0);
        assertTrue(pmu.takePmi());
        assertFalse(pmu.pmiPending());
        assertFalse(pmu.takePmi());
    }

    @Test
    void aPmiThatIsNotTakenStopsNoFurtherWork() {
        overflowingIn(pmu, 10, 20);
        assertEquals(10, pmu.run(both(100), 0));
        assertEquals(100, pmu.run(both(100), 10));
        assertEquals(100, pmu.run(both(100), 0));
        assertEquals(3, pmu.overflowStatus);
    }

    @Test
    void anOverflowWhileAPmiWaitsBecomesOneWithIt() {
        overflowingIn(pmu, 10, 20);
        pmu.run(both(100), 0);
        pmu.run(both(100), 10);
        assertTrue(pmu.takePmi());
        assertEquals(100, pmu.run(each(100), 0));
        assertFalse(pmu.pmiPending());
    }

    /* ------------------------------------------------------------- LVTPC */

    @Test
    void lvtpcIsMaskedUntilItIsWritten() {
        TwoCounters fresh = overflowingIn(new TwoCounters(true, false), 10, 200);
        assertEquals(0x1_0000, fresh.lvtpc());
        assertEquals(100, fresh.run(each(100), 0));
        assertFalse(fresh.pmiPending());
    }

    @Test
    void lvtpcHasAVectorADeliveryModeAndAMask() {
        pmu.lvtpc(-1);
        assertEquals(0x1_07FF, pmu.lvtpc());
        pmu.lvtpc(VECTOR);
        assertEquals(VECTOR, pmu.lvtpc());
    }

    @Test
    void aRequestWhileMaskedIsLostAlthoughTheMaskIsTakenAwayLater() {
        overflowingIn(pmu, 10, 200);
        pmu.freezeOnPmi = true;
        pmu.lvtpc(PmuHardware.LVTPC_MASKED | VECTOR);
        assertEquals(50, pmu.run(each(50), 0));
        pmu.lvtpc(VECTOR);
        assertEquals(50, pmu.run(each(50), 0));
        assertFalse(pmu.pmiPending());
        assertFalse(pmu.frozen);
        assertEquals(1, pmu.overflowStatus);
    }

    @Test
    void workWhoseRequestsAreLostIsCountedInOnePiece() {
        pmu.lvtpc(PmuHardware.LVTPC_MASKED);
        pmu.run(each(2_000), 0);
        assertEquals(1, pmu.pieces);
    }

    @Test
    void workWhoseRequestsChangeNothingIsCountedInOnePiece() {
        overflowingIn(pmu, 10, 200);
        pmu.run(each(2_000), 0);
        pmu.pieces = 0;
        pmu.run(each(2_000), 0);
        assertEquals(1, pmu.pieces);
    }

    @Test
    void anAcceptedPmiMasksLvtpcWhereItDoes() {
        TwoCounters masking = overflowingIn(unmasked(new TwoCounters(true, true)), 10, 20);
        assertEquals(10, masking.run(both(100), 0));
        assertEquals(PmuHardware.LVTPC_MASKED | PmuHardware.LVTPC_NMI, masking.lvtpc());
        assertTrue(masking.takePmi());
        assertEquals(100, masking.run(both(100), 10));
        assertFalse(masking.pmiPending());
        assertEquals(3, masking.overflowStatus);
    }

    @Test
    void anAcceptedPmiLeavesLvtpcUnmaskedWhereItDoesNotMaskIt() {
        overflowingIn(pmu, 10, 20);
        pmu.run(both(100), 0);
        assertEquals(PmuHardware.LVTPC_NMI, pmu.lvtpc());
    }

    @Test
    void aRequestThatBecomesOneWithAWaitingPmiMasksLvtpcToo() {
        TwoCounters masking = overflowingIn(unmasked(new TwoCounters(true, true)), 10, 20);
        masking.run(both(100), 0);
        masking.lvtpc(VECTOR);
        masking.run(both(100), 10);
        assertEquals(PmuHardware.LVTPC_MASKED | VECTOR, masking.lvtpc());
    }

    /* ------------------------------------------------------------- skid */

    @Test
    void withSkidThePmiIsThereSoManyCyclesLater() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(5);
        assertEquals(15, pmu.run(each(100), 0));
        assertTrue(pmu.pmiPending());
        assertEquals(5, pmu.counters[0]);
    }

    @Test
    void skidGoesOnInTheNextStep() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(5);
        assertEquals(12, pmu.run(each(12), 0));
        assertFalse(pmu.pmiPending());
        assertEquals(1, pmu.run(each(1), 0));
        assertFalse(pmu.pmiPending());
        assertEquals(42, pmu.run(each(100), 40));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void skidMayEndWithTheStep() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(5);
        assertEquals(15, pmu.run(each(15), 0));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void aRequestOnItsWayKeepsItsTimeWhenAnotherBecomesOneWithIt() {
        overflowingIn(pmu, 10, 12);
        pmu.pmiSkid(5);
        assertEquals(List.of(15L, 100L), stops(pmu, both(100)));
    }

    @Test
    void aRequestOnItsWayIsOneCycleNearerWhenAFreezingOneBecomesOneWithIt() {
        overflowingIn(pmu, 10, 12);
        pmu.pmiSkid(5);
        assertEquals(11, pmu.run(both(11), 0));
        pmu.freezeOnPmi = true;
        assertEquals(15, pmu.run(both(100), 11));
        assertEquals(2, pmu.counters[0]);
        assertEquals(0, pmu.counters[1]);
        assertTrue(pmu.pmiPending());
    }

    @Test
    void aNewSkidIsForLaterRequests() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(5);
        pmu.run(each(11), 0);
        pmu.pmiSkid(50);
        assertEquals(15, pmu.run(each(100), 11));
    }

    @Test
    void maskingDoesNotStopAPmiOnItsWay() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(5);
        pmu.run(each(11), 0);
        pmu.lvtpc(PmuHardware.LVTPC_MASKED);
        assertEquals(15, pmu.run(each(100), 11));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void theLongestSkidIsNeverOver() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(Long.MAX_VALUE);
        assertEquals(100, pmu.run(each(100), 0));
        assertEquals(100, pmu.run(each(100), 50));
        assertFalse(pmu.pmiPending());
    }

    @Test
    void skidIsNotNegative() {
        assertEquals("a skid of -1 cycles", assertThrows(IllegalArgumentException.class, () -> pmu.pmiSkid(-1)).getMessage());
    }

    /* ------------------------------------------------------------- freezing */

    @Test
    void anAcceptedPmiFreezesFromTheNextCycle() {
        overflowingIn(pmu, 10, 200);
        pmu.freezeOnPmi = true;
        pmu.pmiSkid(5);
        assertEquals(15, pmu.run(both(100), 0));
        assertEquals(100, pmu.run(both(100), 15));
        assertEquals(0, pmu.counters[0]);
        assertEquals(66, pmu.counters[1]);
    }

    @Test
    void aPmiFreezesAlthoughAnotherWaits() {
        overflowingIn(pmu, 10, 20);
        pmu.run(both(100), 0);
        pmu.freezeOnPmi = true;
        assertEquals(100, pmu.run(both(100), 10));
        assertEquals(10, pmu.counters[0]);
        assertEquals(0, pmu.counters[1]);
    }

    @Test
    void aLostRequestFreezesNothing() {
        overflowingIn(pmu, 10, 200);
        pmu.freezeOnPmi = true;
        pmu.lvtpc(PmuHardware.LVTPC_MASKED);
        pmu.run(each(100), 0);
        assertFalse(pmu.frozen);
        assertEquals(90, pmu.counters[0]);
    }

    /* ------------------------------------------------------------- the sibling's steps */

    @Test
    void theSiblingsStepsAreCountedByCountersWithAnyThreadOnly() {
        pmu.anyThread[1] = true;
        assertEquals(100, pmu.runSibling(both(100), 0));
        assertEquals(0, pmu.counters[0]);
        assertEquals(100, pmu.counters[1]);
    }

    @Test
    void anOverflowInTheSiblingsStepStopsIt() {
        pmu.anyThread[1] = true;
        overflowingIn(pmu, 10, 20);
        assertEquals(20, pmu.runSibling(both(100), 0));
        assertTrue(pmu.pmiPending());
        assertEquals(2, pmu.overflowStatus);
    }

    @Test
    void skidGoesOnInTheSiblingsSteps() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(5);
        pmu.run(each(11), 0);
        assertEquals(4, pmu.runSibling(each(100), 0));
        assertTrue(pmu.pmiPending());
    }

    /* ------------------------------------------------------------- reset */

    @Test
    void resetForgetsAPmiThatWaits() {
        overflowingIn(pmu, 10, 200);
        pmu.run(each(100), 0);
        pmu.reset();
        assertFalse(pmu.pmiPending());
        assertEquals(PmuHardware.LVTPC_MASKED, pmu.lvtpc());
        assertEquals(0, pmu.overflowStatus);
    }

    @Test
    void resetForgetsAPmiOnItsWay() {
        overflowingIn(pmu, 10, 200);
        pmu.pmiSkid(5);
        pmu.run(each(11), 0);
        pmu.reset();
        assertEquals(100, pmu.run(each(100), 0));
        assertFalse(pmu.pmiPending());
    }

    @Test
    void resetKeepsTheSkid() {
        pmu.pmiSkid(5);
        pmu.reset();
        unmasked(overflowingIn(pmu, 10, 200));
        assertEquals(15, pmu.run(each(100), 0));
    }
}
