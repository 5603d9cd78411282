package dev.vpmu.runtime.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The longest and the busiest patterns, and the first ones that are too long or too busy. */
class PatternLimitsTest {

    private static final long MOST = Pattern.MOST;
    private static final long LONGEST = Pattern.LONGEST;
    private static final long OCCURS = Condition.of(0, false, false);
    private static final long HOLDS = Condition.of(1, false, false);

    private static void refused(String message, Executable pattern) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, pattern).getMessage());
    }

    @Test
    void aBeatHasOneCycleToTheLongest() {
        refused("a beat of 0 cycles; 1 to 2147483648 are possible", () -> new Beat(0, 0));
        refused("a beat of 2147483649 cycles; 1 to 2147483648 are possible", () -> new Beat(0, LONGEST + 1));
        assertEquals(1, new Beat(1, 1).occurrences(0, 1));
        assertEquals(1, new Beat(1, LONGEST).occurrences(0, LONGEST));
    }

    @Test
    void aBeatHasFewerThanTheMostOccurrencesACycle() {
        refused("-1 occurrences in 5 cycles; 0 to below 1073741824 a cycle are possible", () -> new Beat(-1, 5));
        refused("5368709120 occurrences in 5 cycles; 0 to below 1073741824 a cycle are possible", () -> new Beat(5 * MOST, 5));
        assertEquals(5 * MOST - 1, new Beat(5 * MOST - 1, 5).occurrences(0, 5));
    }

    @Test
    void aRunHasTheMostOccurrencesACycleAtMostForUpToItsPeriod() {
        String possible = "; up to 1073741824 a cycle, for up to the period, of 1 to 2147483648 cycles, are possible";
        refused("-1 a cycle for 1 cycles, every 2 cycles" + possible, () -> new Run(-1, 1, 2));
        refused("1073741825 a cycle for 1 cycles, every 2 cycles" + possible, () -> new Run(MOST + 1, 1, 2));
        refused("1 a cycle for -1 cycles, every 2 cycles" + possible, () -> new Run(1, -1, 2));
        refused("1 a cycle for 3 cycles, every 2 cycles" + possible, () -> new Run(1, 3, 2));
        refused("1 a cycle for 0 cycles, every 0 cycles" + possible, () -> new Run(1, 0, 0));
        refused("1 a cycle for 1 cycles, every 2147483649 cycles" + possible, () -> new Run(1, 1, LONGEST + 1));
        assertEquals(MOST * LONGEST, new Run(MOST, LONGEST, LONGEST).occurrences(0, LONGEST));
        assertEquals(0, new Run(0, 0, 1).occurrences(0, LONGEST));
    }

    @Test
    void theBusiestBeatIsCountedToItsLastCycle() {
        long n = MOST * LONGEST - 1;
        Pattern busiest = new Beat(n, LONGEST);
        assertEquals(n, busiest.occurrences(0, LONGEST));
        assertEquals(MOST, busiest.occurrences(LONGEST - 1, LONGEST));
        assertEquals(MOST - 1, busiest.occurrences(0, 1));
        assertEquals(MOST * LONGEST, busiest.atMost(LONGEST));
        assertEquals(LONGEST - 1, busiest.cycles(Condition.of(MOST, false, true), 0, LONGEST));
        assertEquals(LONGEST - 1, busiest.overflow(OCCURS, false, false, n - 1, 0, LONGEST));
        assertEquals(LONGEST, busiest.overflow(OCCURS, false, false, n, 0, LONGEST));
    }

    @Test
    void theOnlyOccurrenceOfTheLongestBeatIsInItsLastCycle() {
        Pattern rarest = new Beat(1, LONGEST);
        for (boolean edge : new boolean[] {false, true}) {
            assertEquals(0, rarest.count(HOLDS, edge, false, 0, LONGEST - 1));
            assertEquals(1, rarest.count(HOLDS, edge, false, 0, LONGEST));
            assertEquals(LONGEST - 1, rarest.overflow(HOLDS, edge, false, 0, 0, LONGEST));
            assertEquals(LONGEST, rarest.overflow(HOLDS, edge, false, 1, 0, LONGEST));
        }
    }

    @Test
    void theOnlyCycleOfTheLongestBeatWithoutAnOccurrenceIsItsFirst() {
        Pattern densest = new Beat(LONGEST - 1, LONGEST);
        assertEquals(LONGEST - 1, densest.cycles(HOLDS, 0, LONGEST));
        assertEquals(1, densest.rises(HOLDS, true, 0, LONGEST));
        assertEquals(1, densest.overflow(HOLDS, true, true, 0, 0, LONGEST));
        assertEquals(LONGEST - 1, densest.overflow(HOLDS, false, false, LONGEST - 2, 0, LONGEST));
        assertEquals(LONGEST, densest.overflow(HOLDS, false, false, LONGEST - 1, 0, LONGEST));
    }

    @Test
    void aRunOfTheWholeLongestPeriodNeverBeginsAgain() {
        Pattern always = new Run(MOST, LONGEST, LONGEST);
        assertEquals(1, always.rises(HOLDS, false, 0, LONGEST));
        assertEquals(0, always.rises(HOLDS, true, 0, LONGEST));
        assertEquals(LONGEST - 1, always.overflow(OCCURS, false, false, MOST * LONGEST - 1, 0, LONGEST));
        assertEquals(LONGEST, always.overflow(OCCURS, false, false, MOST * LONGEST, 0, LONGEST));
        assertEquals(LONGEST - 1, always.overflow(HOLDS, false, false, LONGEST - 1, 0, LONGEST));
        assertEquals(LONGEST, always.overflow(HOLDS, true, false, 1, 0, LONGEST));
    }

    @Test
    void roomThatNoPatternCanFillIsNeverFilled() {
        long[] rooms = {(1L << 61) + 1, (1L << 62) - 3, (1L << 62) - 2, (1L << 62) - 1, 1L << 62, (1L << 62) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE,
                Long.MIN_VALUE, Long.MIN_VALUE + 1, -2, -1};
        Pattern[] patterns = {new Beat(MOST * LONGEST - 1, LONGEST), new Beat(LONGEST - 1, LONGEST), new Beat(1, LONGEST), new Beat(7, 3), new Beat(1, 1),
                new Run(MOST, LONGEST, LONGEST), new Run(MOST, LONGEST / 2, LONGEST), new Run(3, 1, 2), new Run(0, 1, 2), new Run(1, 0, 2)};
        for (Pattern pattern : patterns) {
            for (Asked asked : Asked.upTo(3)) {
                for (long room : rooms) {
                    for (boolean edge : new boolean[] {false, true}) {
                        for (long from : new long[] {0, 1, LONGEST - 1}) {
                            assertEquals(LONGEST, pattern.overflow(asked.word(), edge, false, room, from, LONGEST), () -> asked + " " + room + " " + from);
                        }
                    }
                }
            }
        }
    }

    @Test
    void theLargestThresholdIsKeptWhole() {
        long largest = (1L << 61) - 1;
        assertEquals(false, Condition.holds(Condition.of(largest, false, false), largest - 1));
        assertEquals(true, Condition.holds(Condition.of(largest, false, true), largest));
        assertEquals(true, Condition.hasThreshold(Condition.of(largest, true, true)));
        assertEquals(false, Condition.hasThreshold(Condition.of(0, true, true)));
    }
}
