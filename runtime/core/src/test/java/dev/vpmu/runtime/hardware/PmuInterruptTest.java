package dev.vpmu.runtime.hardware;

import static dev.vpmu.runtime.hardware.TwoCounters.both;
import static dev.vpmu.runtime.hardware.TwoCounters.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** From an overflow to the interrupt, which is there at once: {@link PmuHardware#run} and LVTPC. */
class PmuInterruptTest {

    private static final int VECTOR = 0xEF;

    private final TwoCounters pmu = new TwoCounters(true, false).unmasked();

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
        pmu.overflowingIn(10, 200);
        assertEquals(10, pmu.run(both(100), 0));
        assertTrue(pmu.pmiPending());
        assertEquals(0, pmu.counters[0]);
        assertEquals(66, pmu.counters[1]);
        assertEquals(1, pmu.overflowStatus);
    }

    @Test
    void anOverflowInTheLastCycleIsThereWhenTheStepEnds() {
        pmu.overflowingIn(100, 200);
        assertEquals(100, pmu.run(each(100), 0));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void theOverflowsOfAStepStopItInTheOrderOfTheirCycles() {
        pmu.overflowingIn(30, 10);
        assertEquals(List.of(10L, 30L, 266L, 286L, 300L), pmu.stops(both(300)));
        assertEquals(3, pmu.overflowStatus);
    }

    @Test
    void overflowsOfOneCycleAreOneInterrupt() {
        pmu.overflowingIn(10, 10);
        assertEquals(List.of(10L, 100L), pmu.stops(both(100)));
        assertEquals(3, pmu.overflowStatus);
    }

    @Test
    void anOverflowThatDoesNotAskForAPmiRaisesNone() {
        pmu.asksForPmi[0] = false;
        pmu.overflowingIn(10, 200);
        assertEquals(100, pmu.run(each(100), 0));
        assertFalse(pmu.pmiPending());
        assertEquals(1, pmu.overflowStatus);
    }

    @Test
    void aCpuWithoutAPmiRaisesNone() {
        TwoCounters silent = new TwoCounters(false, true).unmasked().overflowingIn(10, 200);
        silent.freezeOnPmi = true;
        assertEquals(100, silent.run(each(100), 0));
        assertFalse(silent.pmiPending());
        assertFalse(silent.frozen);
        assertEquals(PmuHardware.LVTPC_NMI, silent.lvtpc());
        assertEquals(1, silent.pieces);
    }

    @Test
    void aPmiThatIsTakenIsNoLongerThere() {
        pmu.overflowingIn(10, 200);
        assertFalse(pmu.takePmi());
        pmu.run(each(100), 0);
        assertTrue(pmu.takePmi());
        assertFalse(pmu.pmiPending());
        assertFalse(pmu.takePmi());
    }

    @Test
    void aPmiThatIsNotTakenStopsNoFurtherWork() {
        pmu.overflowingIn(10, 20);
        assertEquals(10, pmu.run(both(100), 0));
        assertEquals(100, pmu.run(both(100), 10));
        assertEquals(100, pmu.run(both(100), 0));
        assertEquals(3, pmu.overflowStatus);
    }

    @Test
    void anOverflowWhileAPmiWaitsBecomesOneWithIt() {
        pmu.overflowingIn(10, 20);
        pmu.run(both(100), 0);
        pmu.run(both(100), 10);
        assertTrue(pmu.takePmi());
        assertEquals(100, pmu.run(each(100), 0));
        assertFalse(pmu.pmiPending());
    }

    /* ------------------------------------------------------------- LVTPC */

    @Test
    void lvtpcIsMaskedUntilItIsWritten() {
        TwoCounters fresh = new TwoCounters(true, false).overflowingIn(10, 200);
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
        pmu.overflowingIn(10, 200);
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
        pmu.overflowingIn(10, 200);
        pmu.run(each(2_000), 0);
        pmu.pieces = 0;
        pmu.run(each(2_000), 0);
        assertEquals(1, pmu.pieces);
    }

    @Test
    void workWhoseRequestsBecomeOneWithOneOnItsWayIsCountedInOnePiece() {
        pmu.overflowingIn(10, 200);
        pmu.pmiSkid(10_000);
        pmu.run(each(2_000), 0);
        pmu.pieces = 0;
        pmu.run(each(2_000), 0);
        assertEquals(1, pmu.pieces);
    }

    @Test
    void anAcceptedPmiMasksLvtpcWhereItDoes() {
        TwoCounters masking = new TwoCounters(true, true).unmasked().overflowingIn(10, 20);
        assertEquals(10, masking.run(both(100), 0));
        assertEquals(PmuHardware.LVTPC_MASKED | PmuHardware.LVTPC_NMI, masking.lvtpc());
        assertTrue(masking.takePmi());
        assertEquals(100, masking.run(both(100), 10));
        assertFalse(masking.pmiPending());
        assertEquals(3, masking.overflowStatus);
    }

    @Test
    void anAcceptedPmiLeavesLvtpcUnmaskedWhereItDoesNotMaskIt() {
        pmu.overflowingIn(10, 20);
        pmu.run(both(100), 0);
        assertEquals(PmuHardware.LVTPC_NMI, pmu.lvtpc());
    }

    @Test
    void aRequestThatBecomesOneWithAWaitingPmiMasksLvtpcToo() {
        TwoCounters masking = new TwoCounters(true, true).unmasked().overflowingIn(10, 20);
        masking.run(both(100), 0);
        masking.lvtpc(VECTOR);
        masking.run(both(100), 10);
        assertEquals(PmuHardware.LVTPC_MASKED | VECTOR, masking.lvtpc());
    }
}
