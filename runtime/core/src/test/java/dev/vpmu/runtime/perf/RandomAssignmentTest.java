package dev.vpmu.runtime.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random sets of events against trying everything. */
class RandomAssignmentTest {

    private static final int COUNT = "full".equals(System.getProperty("vpmu.effort")) ? 500_000 : 20_000;
    private static final long FIXED = 3L << 32;
    private static final int MOST_EVENTS = 6;

    /** Events that can be programmed in one or more ways, and what they are put on. */
    private record Case(long seed, long[][] allowed, int[][] registers, long[][] values, int[] traits, int[] hints, long used, int most) {

        static Case of(long seed, int mostWays, boolean nested) {
            SplittableRandom random = new SplittableRandom(seed);
            int events = random.nextInt(MOST_EVENTS + 1);
            int general = 2 + random.nextInt(5);
            long counters = (1L << general) - 1 | FIXED;
            long[] rows = IntStream.range(0, 4).mapToLong(row -> row(random, counters)).toArray();
            if (nested) {
                nest(rows);
            }
            long[][] allowed = new long[events][];
            int[][] registers = new int[events][];
            long[][] values = new long[events][];
            int[] traits = new int[events];
            for (int event = 0; event < events; event++) {
                int ways = 1 + random.nextInt(mostWays);
                allowed[event] = IntStream.range(0, ways).mapToLong(way -> rows[random.nextInt(rows.length)]).toArray();
                registers[event] = IntStream.range(0, ways).map(way -> random.nextInt(3) - 1).toArray();
                values[event] = IntStream.range(0, ways).mapToLong(way -> random.nextInt(2)).toArray();
                traits[event] = nested ? 0 : traits(random);
            }
            int[] hints = IntStream.range(0, events).map(event -> hint(random, general)).toArray();
            long used = random.nextInt(3) == 0 ? random.nextLong() & random.nextLong() & counters : 0;
            int most = random.nextInt(4) == 0 ? general / 2 : general;
            return new Case(seed, allowed, registers, values, traits, hints, used, most);
        }

        private static long row(SplittableRandom random, long counters) {
            long row = random.nextLong() & counters;
            return random.nextBoolean() ? row & ~FIXED : row;
        }

        /** Has every row lie within each that it shares a counter with, or apart from it. */
        private static void nest(long[] rows) {
            for (int i = 1; i < rows.length; i++) {
                for (int j = 0; j < i; j++) {
                    if ((rows[i] & rows[j]) != 0 && (rows[i] & rows[j]) != rows[j]) {
                        rows[i] &= rows[j];
                    }
                }
            }
        }

        private static int traits(SplittableRandom random) {
            int overlapping = random.nextBoolean() ? PerfCore.OVERLAPPING : 0;
            return random.nextInt(5) == 0 ? overlapping | PerfCore.PAIRED : overlapping;
        }

        private static int hint(SplittableRandom random, int general) {
            int hint = random.nextInt(general + 3) - 1;
            return hint < general ? hint : 32 + hint - general;
        }

        int events() {
            return allowed.length;
        }

        long[] firstWays() {
            return Arrays.stream(allowed).mapToLong(ways -> ways[0]).toArray();
        }

        CounterAssignment assignment() {
            CounterAssignment assignment = new CounterAssignment(MOST_EVENTS, FIXED);
            for (int event = 0; event < events(); event++) {
                assignment.add(allowed[event][0], traits[event], hints[event]);
            }
            return assignment;
        }

        long takenBy(int event, int counter) {
            return (traits[event] & PerfCore.PAIRED) == 0 ? 1L << counter : 1L << counter | 1L << counter + 1;
        }

        boolean hasPlace(int event, long taken, int[] held) {
            if (event == events()) {
                return Long.bitCount(taken & ~used & ~FIXED) <= most;
            }
            for (int way = 0; way < allowed[event].length; way++) {
                int register = registers[event][way];
                int value = (int) values[event][way];
                if (register >= 0 && held[register] >= 0 && held[register] != value) {
                    continue;
                }
                int[] then = held.clone();
                if (register >= 0) {
                    then[register] = value;
                }
                for (int counter = 0; counter < Long.SIZE; counter++) {
                    long takes = takenBy(event, counter);
                    if ((allowed[event][way] & 1L << counter) != 0 && (taken & takes) == 0 && hasPlace(event + 1, taken | takes, then)) {
                        return true;
                    }
                }
            }
            return false;
        }

        boolean hasPlace() {
            return hasPlace(0, used, new int[] {-1, -1});
        }

        /** The events' first ways without registers. */
        Case withoutChoice() {
            long[][] first = Arrays.stream(allowed).map(ways -> new long[] {ways[0]}).toArray(long[][]::new);
            int[][] none = Arrays.stream(allowed).map(ways -> new int[] {-1}).toArray(int[][]::new);
            return new Case(seed, first, none, values, traits, hints, used, most);
        }

        /** That each event can be on just the counter that it is given, all together. */
        void assertRespectedBy(int[] counters, int limit) {
            long[][] only = allowed.clone();
            for (int event = 0; event < events(); event++) {
                long counter = 1L << counters[event];
                only[event] = Arrays.stream(allowed[event]).map(mask -> mask & counter).toArray();
            }
            if (!new Case(seed, only, registers, values, traits, hints, used, limit).hasPlace()) {
                fail(this + " on " + Arrays.toString(counters));
            }
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + Arrays.deepToString(allowed) + " registers " + Arrays.deepToString(registers) + " values "
                    + Arrays.deepToString(values) + " traits " + Arrays.toString(traits) + " hints " + Arrays.toString(hints) + " used " + used
                    + " most " + most;
        }
    }

    private static int[] counters(CounterAssignment assignment) {
        return IntStream.range(0, assignment.size()).map(assignment::counterOf).toArray();
    }

    @Test
    void aPlaceIsFoundExactlyWhenThereIsOne() {
        int found = 0;
        for (long seed = 0; seed < COUNT; seed++) {
            Case asked = Case.of(seed, 1, false).withoutChoice();
            int[] counters = FeasibleAssignment.of(asked.firstWays(), asked.traits, asked.used, asked.most, FIXED);
            assertEquals(asked.hasPlace(), counters != null, asked::toString);
            if (counters != null) {
                asked.assertRespectedBy(counters, asked.most);
                found++;
            }
        }
        assertTrue(found > COUNT / 5 && found < COUNT * 4 / 5, "found " + found);
    }

    @Test
    void aPlaceIsFoundExactlyWhenThereIsOneAmongChoices() {
        int found = 0;
        for (long seed = 0; seed < COUNT; seed++) {
            Case asked = Case.of(seed, 3, false);
            int[] counters = FeasibleAssignment.of(asked.allowed, asked.registers, asked.values, asked.traits, asked.used, asked.most, FIXED);
            assertEquals(asked.hasPlace(), counters != null, asked::toString);
            if (counters != null) {
                asked.assertRespectedBy(counters, asked.most);
                found++;
            }
        }
        assertTrue(found > COUNT / 5 && found < COUNT * 4 / 5, "found " + found);
    }

    @Test
    void whatTheSchedulerAcceptsIsRight() {
        int refused = 0;
        for (long seed = 0; seed < COUNT; seed++) {
            Case asked = Case.of(seed, 1, false).withoutChoice();
            CounterAssignment assignment = asked.assignment();
            if (assignment.reuse(asked.used)) {
                asked.assertRespectedBy(counters(assignment), Long.SIZE);
                assertEquals(IntStream.of(asked.hints).boxed().toList(), IntStream.of(counters(assignment)).boxed().toList(), asked::toString);
            }
            if (assignment.search(asked.used, asked.most)) {
                asked.assertRespectedBy(counters(assignment), asked.most);
            } else if (asked.hasPlace()) {
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    @Test
    void theSchedulerRefusesNothingThatHasAPlaceWhereRowsAreNested() {
        for (long seed = 0; seed < COUNT; seed++) {
            Case asked = Case.of(seed, 1, true).withoutChoice();
            assertEquals(asked.hasPlace(), asked.assignment().search(asked.used, asked.most), asked::toString);
        }
    }
}
