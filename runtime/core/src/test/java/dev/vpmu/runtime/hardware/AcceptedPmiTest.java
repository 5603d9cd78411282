package dev.vpmu.runtime.hardware;

import static dev.vpmu.runtime.hardware.TwoCounters.both;
import static dev.vpmu.runtime.hardware.TwoCounters.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What an accepted PMI does later: skid and freezing, in steps of the CPU's own and of its sibling's, until reset. */
class AcceptedPmiTest {

    private final TwoCounters pmu = new TwoCounters(true, false).unmasked();

    /* ------------------------------------------------------------- skid */

    @Test
    void withSkidThePmiIsThereSoManyCyclesLater() {
        pmu.overflowingIn(10, 200);
        pmu.pmiSkid(5);
        assertEquals(15, pmu.run(each(100), 0));
        assertTrue(pmu.pmiPending());
        assertEquals(5, pmu.counters[0]);
    }

    @Test
    void skidGoesOnInTheNextStep() {
        pmu.overflowingIn(10, 200);
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
        pmu.overflowingIn(10, 200);
        pmu.pmiSkid(5);
        assertEquals(15, pmu.run(each(15), 0));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void aRequestOnItsWayKeepsItsTimeWhenAnotherBecomesOneWithIt() {
        pmu.overflowingIn(10, 12);
        pmu.pmiSkid(5);
        assertEquals(List.of(15L, 100L), pmu.stops(both(100)));
    }

    @Test
    void aRequestOnItsWayIsOneCycleNearerWhenAFreezingOneBecomesOneWithIt() {
        pmu.overflowingIn(10, 12);
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
        pmu.overflowingIn(10, 200);
        pmu.pmiSkid(5);
        pmu.run(each(11), 0);
        pmu.pmiSkid(50);
        assertEquals(15, pmu.run(each(100), 11));
    }

    @Test
    void maskingDoesNotStopAPmiOnItsWay() {
        pmu.overflowingIn(10, 200);
        pmu.pmiSkid(5);
        pmu.run(each(11), 0);
        pmu.lvtpc(PmuHardware.LVTPC_MASKED);
        assertEquals(15, pmu.run(each(100), 11));
        assertTrue(pmu.pmiPending());
    }

    @Test
    void theLongestSkidIsNeverOver() {
        pmu.overflowingIn(10, 200);
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
        pmu.overflowingIn(10, 200);
        pmu.freezeOnPmi = true;
        pmu.pmiSkid(5);
        assertEquals(15, pmu.run(both(100), 0));
        assertEquals(100, pmu.run(both(100), 15));
        assertEquals(0, pmu.counters[0]);
        assertEquals(66, pmu.counters[1]);
    }

    @Test
    void aPmiFreezesAlthoughAnotherWaits() {
        pmu.overflowingIn(10, 20);
        pmu.run(both(100), 0);
        pmu.freezeOnPmi = true;
        assertEquals(100, pmu.run(both(100), 10));
        assertEquals(10, pmu.counters[0]);
        assertEquals(0, pmu.counters[1]);
    }

    @Test
    void aLostRequestFreezesNothing() {
        pmu.overflowingIn(10, 200);
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
        pmu.overflowingIn(10, 20);
        assertEquals(20, pmu.runSibling(both(100), 0));
        assertTrue(pmu.pmiPending());
        assertEquals(2, pmu.overflowStatus);
    }

    @Test
    void aSiblingsStepThatNoCounterCountsIsCountedInOnePiece() {
        pmu.runSibling(both(2_000), 0);
        assertEquals(1, pmu.pieces);
    }

    @Test
    void skidGoesOnInTheSiblingsSteps() {
        pmu.overflowingIn(10, 200);
        pmu.pmiSkid(5);
        pmu.run(each(11), 0);
        assertEquals(4, pmu.runSibling(each(100), 0));
        assertTrue(pmu.pmiPending());
    }

    /* ------------------------------------------------------------- reset */

    @Test
    void resetForgetsAPmiThatWaits() {
        pmu.overflowingIn(10, 200);
        pmu.run(each(100), 0);
        pmu.reset();
        assertFalse(pmu.pmiPending());
        assertEquals(PmuHardware.LVTPC_MASKED, pmu.lvtpc());
        assertEquals(0, pmu.overflowStatus);
    }

    @Test
    void resetForgetsAPmiOnItsWay() {
        pmu.overflowingIn(10, 200);
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
        pmu.unmasked().overflowingIn(10, 200);
        assertEquals(15, pmu.run(each(100), 0));
    }
}
