package dev.vpmu.runtime.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Assignment, rule by rule, on six counters and two fixed ones. */
class CounterAssignmentTest {

    private static final int PLAIN = 0;
    private static final int OVERLAPPING = PerfCore.OVERLAPPING;
    private static final int PAIRED = PerfCore.PAIRED;
    private static final int NONE = -1;
    private static final int F0 = 32;
    private static final int F1 = 33;
    private static final int ALL = 6;

    private final CounterAssignment assignment = new CounterAssignment(8, on(F0, F1));

    private static long on(int... counters) {
        return IntStream.of(counters).mapToLong(counter -> 1L << counter).reduce(0, (a, b) -> a | b);
    }

    private void add(int traits, int... counters) {
        assignment.add(on(counters), traits, NONE);
    }

    private void addWithHint(int hint, int traits, int... counters) {
        assignment.add(on(counters), traits, hint);
    }

    private void assertOn(Integer... counters) {
        assertEquals(List.of(counters), IntStream.range(0, assignment.size()).mapToObj(assignment::counterOf).toList());
    }

    @Test
    void nothingAlwaysHasAPlace() {
        assertTrue(assignment.reuse(0));
        assertTrue(assignment.search(0, ALL));
    }

    @Test
    void clearForgetsTheEvents() {
        add(PLAIN, 0);
        assignment.clear();
        assertEquals(0, assignment.size());
        add(PLAIN, 0);
        assertTrue(assignment.search(0, ALL));
        assertOn(0);
    }

    /* ------------------------------------------------------------- the fast path */

    @Test
    void reuseLeavesEveryEventWhereItWas() {
        addWithHint(3, PLAIN, 0, 1, 2, 3);
        addWithHint(F1, PLAIN, 0, F1);
        addWithHint(0, PLAIN, 0);
        assertTrue(assignment.reuse(0));
        assertOn(3, F1, 0);
    }

    @Test
    void reuseNeedsAHintOfEveryEvent() {
        addWithHint(3, PLAIN, 0, 1, 2, 3);
        add(PLAIN, 0, 1);
        assertFalse(assignment.reuse(0));
    }

    @Test
    void reuseLooksAtWhatIsAllowed() {
        addWithHint(3, PLAIN, 0, 1, 2);
        assertFalse(assignment.reuse(0));
    }

    @Test
    void reuseGivesNoCounterTwice() {
        addWithHint(1, PLAIN, 0, 1);
        addWithHint(1, PLAIN, 0, 1);
        assertFalse(assignment.reuse(0));
    }

    @Test
    void reuseLeavesUsedCountersAlone() {
        addWithHint(1, PLAIN, 0, 1);
        assertFalse(assignment.reuse(on(1)));
        assertTrue(assignment.reuse(on(0)));
    }

    @Test
    void reuseOfAPairNeedsItsSecondCounter() {
        addWithHint(2, PAIRED, 0, 2, 4);
        assertFalse(assignment.reuse(on(3)));
        assertTrue(assignment.reuse(on(4)));
        addWithHint(3, PLAIN, 3);
        assertFalse(assignment.reuse(0));
    }

    @Test
    void searchDoesNotLookAtHints() {
        addWithHint(3, PLAIN, 0, 1, 2, 3);
        assertTrue(assignment.search(0, ALL));
        assertOn(0);
    }

    /* ------------------------------------------------------------- the slow path: order */

    @Test
    void searchTakesTheLowestFreeCounter() {
        add(PLAIN, 1, 2, 3);
        add(PLAIN, 1, 2, 3);
        assertTrue(assignment.search(on(1), ALL));
        assertOn(2, 3);
    }

    @Test
    void searchServesTheMostConstrainedFirst() {
        add(PLAIN, 0, 1, 2, 3);
        add(PLAIN, 0, 1);
        add(PLAIN, 0);
        assertTrue(assignment.search(0, ALL));
        assertOn(2, 1, 0);
    }

    @Test
    void searchServesEquallyConstrainedEventsInTheirOrder() {
        add(PLAIN, 2, 4);
        add(PLAIN, 2, 3);
        assertTrue(assignment.search(0, ALL));
        assertOn(2, 3);
    }

    @Test
    void searchTakesFixedCountersFirst() {
        add(PLAIN, 0, 1, 2, 3, F0, F1);
        add(PLAIN, 0, 1, 2, 3, F0, F1);
        add(PLAIN, 0, 1, 2, 3, F0, F1);
        assertTrue(assignment.search(0, ALL));
        assertOn(F0, F1, 0);
    }

    @Test
    void searchRefusesWhatHasNoCounterLeft() {
        add(PLAIN, 2);
        add(PLAIN, 2);
        assertFalse(assignment.search(0, ALL));
    }

    @Test
    void searchRefusesAnEventWithoutCounters() {
        add(PLAIN, 0, 1);
        add(PLAIN);
        assertFalse(assignment.search(0, ALL));
    }

    @Test
    void searchRefusesSomeSetsThatHaveAPlace() {
        add(PLAIN, 0, 2);
        add(PLAIN, 0, 1);
        add(PLAIN, 0, 1);
        assertFalse(assignment.search(0, ALL));
    }

    /* ------------------------------------------------------------- the slow path: limit and pairs */

    @Test
    void searchTakesNoMoreGeneralCountersThanItMay() {
        add(PLAIN, 0, 1, 2, 3);
        add(PLAIN, 0, 1, 2, 3);
        assertTrue(assignment.search(0, 2));
        add(PLAIN, 0, 1, 2, 3);
        assertFalse(assignment.search(0, 2));
    }

    @Test
    void fixedAndUsedCountersDoNotCountTowardsTheLimit() {
        add(PLAIN, 0, 1, 2, 3, F0);
        add(PLAIN, 0, 1, 2, 3);
        assertTrue(assignment.search(on(0, 1, 2), 1));
        assertOn(F0, 3);
    }

    @Test
    void aPairTakesTwoCounters() {
        add(PAIRED, 0, 2, 4);
        add(PLAIN, 0, 1, 2, 3);
        assertTrue(assignment.search(on(1), ALL));
        assertOn(2, 0);
        assertTrue(assignment.search(0, ALL));
        assertOn(0, 2);
    }

    @Test
    void aPairCountsTwiceTowardsTheLimit() {
        add(PAIRED, 0, 2, 4);
        add(PLAIN, 0, 1, 2, 3);
        assertFalse(assignment.search(0, 2));
        assertTrue(assignment.search(0, 3));
    }

    /* ------------------------------------------------------------- the slow path: coming back */

    @Test
    void searchComesBackToAnOverlappingEvent() {
        add(OVERLAPPING, 0, 3);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        assertTrue(assignment.search(0, ALL));
        assertOn(3, 0, 1, 2);
    }

    @Test
    void searchDoesNotComeBackToOthers() {
        add(PLAIN, 0, 3);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        assertFalse(assignment.search(0, ALL));
    }

    @Test
    void theFirstChoiceStaysWhereItFits() {
        add(OVERLAPPING, 0, 3);
        add(PLAIN, 3, 4, 5);
        add(PLAIN, 3, 4, 5);
        add(PLAIN, 3, 4, 5);
        assertTrue(assignment.search(0, ALL));
        assertOn(0, 3, 4, 5);
    }

    @Test
    void aCounterThatIsGivenBackIsNotCounted() {
        add(OVERLAPPING, 0, 3);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 3, 4, 5);
        add(PLAIN, 3, 4, 5);
        assertTrue(assignment.search(0, 6));
        assertOn(3, 0, 1, 2, 4, 5);
    }

    @Test
    void searchComesBackFromAFixedCounter() {
        add(OVERLAPPING, 1, F0);
        add(PLAIN, 0, F0);
        add(PLAIN, 0, F0);
        assertTrue(assignment.search(0, ALL));
        assertOn(1, F0, 0);
    }

    @Test
    void searchComesBackFromBothCountersOfAPair() {
        add(PAIRED | OVERLAPPING, 0, 4);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        assertTrue(assignment.search(0, ALL));
        assertOn(4, 0, 1, 2);
    }

    @Test
    void searchComesBackFromTheLimitToo() {
        add(OVERLAPPING, 1, F0);
        add(PLAIN, 0, F0);
        assertTrue(assignment.search(0, 1));
        assertOn(F0, 0);
        assertFalse(assignment.search(0, 0));
    }

    @Test
    void searchComesBackThroughTwoChoices() {
        add(OVERLAPPING, 0, 4);
        add(OVERLAPPING, 1, 5);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        assertTrue(assignment.search(0, ALL));
        assertOn(4, 5, 0, 1, 2);
    }

    @Test
    void searchDoesNotComeBackToAThirdChoice() {
        add(OVERLAPPING, 2, 3);
        add(OVERLAPPING, 2, 3);
        add(OVERLAPPING, 0, 3, 4);
        add(OVERLAPPING, 0, 2, 3);
        assertFalse(assignment.search(0, ALL));
        assignment.clear();
        add(OVERLAPPING, 2, 3);
        add(OVERLAPPING, 2, 3);
        add(OVERLAPPING, 0, 2, 3);
        add(OVERLAPPING, 0, 3, 4);
        assertTrue(assignment.search(0, ALL));
        assertOn(2, 3, 0, 4);
    }

    @Test
    void searchKeepsTheFirstTwoChoicesOnly() {
        add(OVERLAPPING, 3, 4);
        add(OVERLAPPING, 3, 5);
        add(OVERLAPPING, 0, 4);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        assertFalse(assignment.search(0, ALL));
        assignment.clear();
        add(OVERLAPPING, 0, 4);
        add(OVERLAPPING, 3, 4);
        add(OVERLAPPING, 3, 5);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        add(PLAIN, 0, 1, 2);
        assertTrue(assignment.search(0, ALL));
        assertOn(4, 3, 5, 0, 1, 2);
    }
}
