package dev.vpmu.runtime.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StepTest {

    private static final long LOADS = Step.event(0xD0, 0x81);
    private static final long STORES = Step.event(0xD0, 0x82);

    private static void refused(String message, Executable step) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, step).getMessage());
    }

    private static long occurrences(Step step, long event, long extra) {
        return step.pattern(event, extra).occurrences(0, step.cycles());
    }

    @Test
    void aStepTakesOneCycleToTheLongestPattern() {
        refused("a step of 0 cycles; 1 to 2147483648 are possible", () -> Step.of(0));
        refused("a step of 2147483649 cycles; 1 to 2147483648 are possible", () -> Step.of(Pattern.LONGEST + 1));
        assertEquals(1, Step.of(1).build().cycles());
        assertEquals(Pattern.LONGEST, Step.of(Pattern.LONGEST).build().cycles());
    }

    @Test
    void aStepRunsInTheKernelOutsideTransactionsUnlessItSaysOtherwise() {
        Step step = Step.of(5).build();
        assertEquals(0, step.ring());
        assertEquals(TransactionState.OUTSIDE, step.transaction());
        Step user = Step.of(5).ring(3).transaction(TransactionState.ABORTED).build();
        assertEquals(3, user.ring());
        assertEquals(TransactionState.ABORTED, user.transaction());
    }

    @Test
    void thereAreFourRings() {
        refused("ring -1; there are 0 to 3", () -> Step.of(1).ring(-1));
        refused("ring 4; there are 0 to 3", () -> Step.of(1).ring(4));
    }

    @Test
    void anEventOccursAsOftenAndWhenItIsNamed() {
        Step step = Step.of(10).uniform(LOADS, 5).run(STORES, 3, 1, 4).build();
        assertEquals(5, occurrences(step, LOADS, 0));
        assertEquals(1, step.pattern(LOADS).occurrences(1, 2));
        assertEquals(9, occurrences(step, STORES, 0));
        assertEquals(3, step.pattern(STORES).occurrences(4, 8));
    }

    @Test
    void anEventThatIsNotNamedDoesNotOccur() {
        Step step = Step.of(10).uniform(LOADS, 5).uniform(STORES, 0x7, 6).build();
        assertEquals(0, occurrences(step, Step.event(0xD0, 0), 0));
        assertEquals(0, occurrences(step, Step.event(0, 0x81), 0));
        assertEquals(0, occurrences(step, Step.eventOfCounter(0), 0));
        assertEquals(0, occurrences(step, STORES, 0));
        assertEquals(0, occurrences(step, LOADS, 0x7));
    }

    @Test
    void anEventIsToldApartByWhatItsExtraRegisterHolds() {
        Step step = Step.of(8).uniform(LOADS, 0x1, 1).run(LOADS, 0x2, 1, 1, 4).uniform(LOADS, -1L, 3).uniform(LOADS, 4).build();
        assertEquals(1, occurrences(step, LOADS, 0x1));
        assertEquals(2, occurrences(step, LOADS, 0x2));
        assertEquals(3, occurrences(step, LOADS, -1L));
        assertEquals(4, occurrences(step, LOADS, 0));
        assertSame(step.pattern(LOADS, 0), step.pattern(LOADS));
    }

    @Test
    void anEventsNameIsItsCodeAndAllThirtyTwoBitsOfItsUnitMask() {
        assertEquals(0x0000_00D0_0000_0081L, LOADS);
        assertEquals(0x7FFF_FFFF_FFFF_FFFFL, Step.event(Integer.MAX_VALUE, -1));
        assertEquals(0x0000_0001_8000_0000L, Step.event(1, Integer.MIN_VALUE));
    }

    @Test
    void theEventOfACounterIsNoEventOfASelector() {
        assertEquals(-1L, Step.eventOfCounter(0));
        assertNotEquals(Step.eventOfCounter(3), Step.eventOfCounter(4));
        assertEquals(true, Step.eventOfCounter(Integer.MAX_VALUE) < Step.event(0, 0));
        Step step = Step.of(8).uniform(Step.eventOfCounter(35), 8).build();
        assertEquals(8, occurrences(step, Step.eventOfCounter(35), 0));
    }

    @Test
    void anEventIsNamedOnce() {
        refused("event 0xd000000081 is named twice", () -> Step.of(9).uniform(LOADS, 1).uniform(STORES, 1).run(LOADS, 1, 1, 1));
        refused("event 0xd000000081 is named twice", () -> Step.of(9).run(LOADS, 5, 1, 1, 1).uniform(LOADS, 5, 1));
    }

    @Test
    void aStepRefusesWhatAPatternRefuses() {
        refused("-1 occurrences in 9 cycles; 0 to below 1073741824 a cycle are possible", () -> Step.of(9).uniform(LOADS, -1));
        assertThrows(IllegalArgumentException.class, () -> Step.of(9).run(LOADS, 1, 2, 1));
    }

    @Test
    void aStepStaysAsItWasBuilt() {
        Step.Builder builder = Step.of(10).uniform(LOADS, 5);
        Step first = builder.build();
        Step second = builder.uniform(STORES, 7).ring(3).transaction(TransactionState.COMMITTED).build();
        assertEquals(0, occurrences(first, STORES, 0));
        assertEquals(0, first.ring());
        assertEquals(TransactionState.OUTSIDE, first.transaction());
        assertEquals(5, occurrences(second, LOADS, 0));
        assertEquals(7, occurrences(second, STORES, 0));
    }

    @Test
    void aStepSaysWhatItIs() {
        assertEquals("9 cycles in ring 3, COMMITTED, [1]", Step.of(9).ring(3).transaction(TransactionState.COMMITTED).uniform(1, 2).build().toString());
    }
}
