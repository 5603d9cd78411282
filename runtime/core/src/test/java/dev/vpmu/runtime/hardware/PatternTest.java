package dev.vpmu.runtime.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Small patterns, all of them, against a walk over their cycles. */
class PatternTest {

    /** Over two lengths of the longest. */
    private static final int CYCLES = "full".equals(System.getProperty("vpmu.effort")) ? 26 : 18;
    private static final List<Asked> CONDITIONS = Asked.upTo(4);
    private static final boolean[] BOTH = {false, true};

    /** A pattern and the occurrences that its definition gives a cycle. */
    private record Small(String name, Pattern pattern, LongUnaryOperator definition) {

        long[] walk() {
            long[] occurrences = new long[CYCLES];
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                occurrences[cycle] = definition.applyAsLong(cycle);
            }
            return occurrences;
        }
    }

    private static List<Small> patterns() {
        List<Small> all = new ArrayList<>();
        for (long length = 1; length <= 8; length++) {
            for (long n = 0; n <= 12; n++) {
                all.add(beat(n, length));
            }
        }
        for (long period = 1; period <= 6; period++) {
            for (long busy = 0; busy <= period; busy++) {
                for (long each = 0; each <= 3; each++) {
                    all.add(run(each, busy, period));
                }
            }
        }
        return all;
    }

    private static Small beat(long n, long length) {
        return new Small("beat of " + n + " in " + length, new Beat(n, length), j -> (j + 1) * n / length - j * n / length);
    }

    private static Small run(long each, long busy, long period) {
        return new Small("run of " + each + " for " + busy + " of " + period, new Run(each, busy, period), j -> j % period < busy ? each : 0);
    }

    /** {@code assertEquals} that makes its text only when it fails: there are millions. */
    private static void same(long expected, long actual, Small small, Object... asked) {
        if (expected != actual) {
            assertEquals(expected, actual, small.name + " " + List.of(asked));
        }
    }

    @Test
    void aRangeHasTheOccurrencesOfItsCycles() {
        for (Small small : patterns()) {
            long[] occurrences = small.walk();
            for (int from = 0; from < CYCLES; from++) {
                long sum = 0;
                for (int to = from; to <= CYCLES; to++) {
                    same(sum, small.pattern.occurrences(from, to), small, from, to);
                    sum += to < CYCLES ? occurrences[to] : 0;
                }
            }
        }
    }

    @Test
    void atMostIsWhatTheBusiestCycleHasTimesTheCycles() {
        for (Small small : patterns()) {
            long busiest = 0;
            for (long each : small.walk()) {
                busiest = Math.max(busiest, each);
            }
            for (int cycles = 0; busiest > 0 && cycles <= CYCLES; cycles++) {
                same(busiest * cycles, small.pattern.atMost(cycles), small, cycles);
            }
        }
    }

    @Test
    void theConditionHoldsInACycleByTheOccurrencesOfThatCycle() {
        for (Small small : patterns()) {
            long[] occurrences = small.walk();
            for (Asked asked : CONDITIONS) {
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    same(asked.holds(occurrences[cycle]) ? 1 : 0, small.pattern.holds(asked.word(), cycle) ? 1 : 0, small, asked, cycle);
                }
            }
        }
    }

    @Test
    void aRangeHasTheCyclesInWhichTheConditionHolds() {
        for (Small small : patterns()) {
            long[] occurrences = small.walk();
            for (Asked asked : CONDITIONS) {
                for (int from = 0; from < CYCLES; from++) {
                    long cycles = 0;
                    for (int to = from; to <= CYCLES; to++) {
                        same(cycles, small.pattern.cycles(asked.word(), from, to), small, asked, from, to);
                        cycles += to < CYCLES && asked.holds(occurrences[to]) ? 1 : 0;
                    }
                }
            }
        }
    }

    @Test
    void aRangeHasTheCyclesInWhichTheConditionBeginsToHold() {
        for (Small small : patterns()) {
            long[] occurrences = small.walk();
            for (Asked asked : CONDITIONS) {
                for (boolean before : BOTH) {
                    for (int from = 0; from < CYCLES; from++) {
                        long rises = 0;
                        boolean held = before;
                        for (int to = from; to <= CYCLES; to++) {
                            same(rises, small.pattern.rises(asked.word(), before, from, to), small, asked, before, from, to);
                            boolean holds = to < CYCLES && asked.holds(occurrences[to]);
                            rises += holds && !held ? 1 : 0;
                            held = holds;
                        }
                    }
                }
            }
        }
    }

    @Test
    void aCounterAddsWhatItsSelectorMakesOfEachCycle() {
        for (Small small : patterns()) {
            forEachCounter(small, (asked, edge, before, from, counts) -> {
                for (int to = from; to <= CYCLES; to++) {
                    same(counts[to], small.pattern.count(asked.word(), edge, before, from, to), small, asked, edge, before, from, to);
                }
            });
        }
    }

    @Test
    void aCounterOverflowsInTheFirstCycleBehindWhichMoreIsAddedThanThereIsRoomFor() {
        for (Small small : patterns()) {
            forEachCounter(small, (asked, edge, before, from, counts) -> {
                int first = from;
                for (long room = 0; room <= counts[CYCLES] + 2; room++) {
                    while (first < CYCLES && counts[first + 1] <= room) {
                        first++;
                    }
                    for (int to = from; to <= CYCLES; to++) {
                        same(Math.min(first, to), small.pattern.overflow(asked.word(), edge, before, room, from, to), small, asked, edge, before, room,
                                from, to);
                    }
                }
            });
        }
    }

    private interface Counter {

        /** @param counts by cycle, what has been added before it, counted from {@code from} */
        void check(Asked asked, boolean edge, boolean before, int from, long[] counts);
    }

    private static void forEachCounter(Small small, Counter counter) {
        long[] occurrences = small.walk();
        long[] counts = new long[CYCLES + 1];
        for (Asked asked : CONDITIONS) {
            for (boolean edge : BOTH) {
                for (boolean before : BOTH) {
                    for (int from = 0; from < CYCLES; from++) {
                        boolean held = before;
                        counts[from] = 0;
                        for (int cycle = from; cycle < CYCLES; cycle++) {
                            counts[cycle + 1] = counts[cycle] + asked.adds(occurrences[cycle], edge, held);
                            held = asked.holds(occurrences[cycle]);
                        }
                        counter.check(asked, edge, before, from, counts);
                    }
                }
            }
        }
    }
}
