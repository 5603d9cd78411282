package dev.vpmu.runtime.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The way of a PMI, as CPUs and guests have it. */
class InterruptLineTest {

    private final InterruptLine line = open(false);

    private static InterruptLine open(boolean masksItself) {
        InterruptLine line = new InterruptLine(true, masksItself);
        line.lvtpc(LvtEntry.LVTPC_NMI);
        return line;
    }

    @Test
    void isMaskedAfterPowerOn() {
        assertFalse(new InterruptLine(true, false).isOpen());
    }

    @Test
    void withoutAConnectionItNeverOpens() {
        InterruptLine none = new InterruptLine(false, false);
        none.lvtpc(LvtEntry.LVTPC_NMI);
        assertFalse(none.isOpen());
    }

    @Test
    void acceptingMasksItWhereItMasksItself() {
        InterruptLine masking = open(true);
        masking.accept(5);
        line.accept(5);
        assertEquals(LvtEntry.LVTPC_NMI | LvtEntry.LVTPC_MASKED, masking.lvtpc());
        assertEquals(LvtEntry.LVTPC_NMI, line.lvtpc());
    }

    @Test
    void anAcceptedPmiIsThereAfterItsCycles() {
        line.accept(5);
        assertEquals(12, line.stop(10, 12));
        line.pass(2);
        assertFalse(line.arrives());
        assertEquals(15, line.stop(12, 100));
        line.pass(3);
        assertTrue(line.arrives());
        assertTrue(line.take());
        assertTrue(line.isFree());
    }

    @Test
    void withoutCyclesItIsThereAtOnce() {
        line.accept(0);
        assertTrue(line.arrives());
        assertTrue(line.isPending());
    }

    @Test
    void aSecondRequestBecomesOneWithTheFirst() {
        line.accept(5);
        line.accept(1);
        assertEquals(5, line.hurry());
        line.accept(0);
        assertFalse(line.isComing());
        assertTrue(line.take());
        assertFalse(line.take());
    }

    @Test
    void nothingIsHurriedIfNothingIsOnItsWay() {
        assertEquals(-1, line.hurry());
        assertFalse(line.isPending());
    }

    @Test
    void resetForgetsWhatComes() {
        line.accept(5);
        line.reset();
        assertTrue(line.isFree());
        assertFalse(line.isOpen());
    }
}
