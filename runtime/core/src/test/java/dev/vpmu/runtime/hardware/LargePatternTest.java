package dev.vpmu.runtime.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Random patterns up to the longest and the busiest, against their definition without a limit of size, and against themselves. */
class LargePatternTest {

    private static final int COUNT = "full".equals(System.getProperty("vpmu.effort")) ? 2_000_000 : 20_000;
    private static final long LONGEST = Pattern.LONGEST;

    /** A pattern, how often it has occurred before a cycle by definition, and the last cycle before which it can be asked about. */
    private record Large(String name, Pattern pattern, LongFunction<BigInteger> total, long last) {

        long occurrences(long cycle) {
            return total.apply(cycle + 1).subtract(total.apply(cycle)).longValueExact();
        }
    }

    /** A counter of a pattern in a range. */
    private record Case(Large large, Asked asked, boolean edge, boolean before, long from, long to) {

        long count(long begin, long end) {
            return large.pattern.count(asked.word(), edge, heldBefore(begin), begin, end);
        }

        boolean heldBefore(long cycle) {
            return cycle == from ? before : large.pattern.holds(asked.word(), cycle - 1);
        }

        @Override
        public String toString() {
            return large.name + " " + asked + " edge " + edge + " before " + before + " [" + from + ", " + to + ")";
        }
    }

    /** Any size is as likely as any other, and a number near a power of two more so. */
    private static long upTo(SplittableRandom random, long most) {
        int bits = random.nextInt(65 - Long.numberOfLeadingZeros(most));
        long limit = bits == 0 ? 0 : -1L >>> 64 - bits;
        long value = switch (random.nextInt(16)) {
            case 0 -> most - random.nextInt(2);
            case 1, 2, 3 -> limit - random.nextInt(3);
            default -> random.nextLong() & limit;
        };
        return Math.max(0, Math.min(value, most));
    }

    private static Large beat(SplittableRandom random) {
        long length = Math.max(1, upTo(random, LONGEST));
        long each = upTo(random, Pattern.MOST - 1);
        long rest = switch (random.nextInt(4)) {
            case 0 -> length / 2 + random.nextInt(-1, 2);
            case 1 -> length - 1 - upTo(random, length - 1);
            default -> upTo(random, length - 1);
        };
        long n = each * length + Math.min(Math.max(rest, 0), length - 1);
        BigInteger factor = BigInteger.valueOf(n);
        BigInteger divisor = BigInteger.valueOf(length);
        // as far as a beat promises to go on: in its own terms, and in occurrences
        long last = Math.min(Math.min(Long.MAX_VALUE / length - 8, 1L << 53), (1L << 62) / (each + 1));
        return new Large("beat of " + n + " in " + length, new Beat(n, length), j -> factor.multiply(BigInteger.valueOf(j)).divide(divisor), last);
    }

    private static Large run(SplittableRandom random) {
        long each = upTo(random, Pattern.MOST);
        long period = Math.max(1, upTo(random, LONGEST));
        long busy = random.nextBoolean() ? upTo(random, period) : period - upTo(random, period);
        BigInteger factor = BigInteger.valueOf(each);
        return new Large("run of " + each + " for " + busy + " of " + period, new Run(each, busy, period),
                j -> factor.multiply(BigInteger.valueOf(j / period).multiply(BigInteger.valueOf(busy)).add(BigInteger.valueOf(Math.min(j % period, busy)))),
                LONGEST);
    }

    private static Case counter(SplittableRandom random) {
        Large large = random.nextBoolean() ? beat(random) : run(random);
        long first = random.nextInt(3) == 0 ? Math.max(0, large.last - LONGEST - upTo(random, LONGEST)) : 0;
        long cycles = Math.max(1, upTo(random, Math.min(LONGEST, large.last - first)));
        long from = first + upTo(random, large.last - first - cycles);
        long threshold = random.nextInt(3) == 0 ? 0 : Math.max(0, large.occurrences(from) + random.nextInt(-1, 2));
        Asked asked = new Asked(threshold, random.nextBoolean(), random.nextBoolean());
        return new Case(large, asked, random.nextBoolean(), random.nextBoolean(), from, from + cycles);
    }

    private interface Check {

        void check(SplittableRandom random, Case counter, String what);
    }

    private static void forEachSeed(Check check) {
        for (int seed = 0; seed < COUNT; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Case counter = counter(random);
            check.check(random, counter, "seed " + seed + ": " + counter);
        }
    }

    @Test
    void aRangeHasTheOccurrencesOfTheDefinition() {
        forEachSeed((random, counter, what) -> {
            Large large = counter.large;
            assertEquals(large.total.apply(counter.to).subtract(large.total.apply(counter.from)).longValueExact(),
                    large.pattern.occurrences(counter.from, counter.to), what);
        });
    }

    @Test
    void atMostIsNoFewerThanTheOccurrencesOfARange() {
        forEachSeed((random, counter, what) -> {
            Pattern pattern = counter.large.pattern;
            assertTrue(pattern.atMost(counter.to - counter.from) >= pattern.occurrences(counter.from, counter.to), what);
        });
    }

    /** With {@link #aRangeAddsWhatItsFirstAndItsSecondPartAdd} this holds each range against the definition. */
    @Test
    void aSingleCycleAddsWhatTheDefinitionSays() {
        forEachSeed((random, counter, what) -> {
            long cycle = counter.from + upTo(random, counter.to - counter.from - 1);
            boolean held = cycle == counter.from ? counter.before : counter.asked.holds(counter.large.occurrences(cycle - 1));
            assertEquals(counter.asked.adds(counter.large.occurrences(cycle), counter.edge, held), counter.count(cycle, cycle + 1), what + " " + cycle);
        });
    }

    @Test
    void aRangeAddsWhatItsFirstAndItsSecondPartAdd() {
        forEachSeed((random, counter, what) -> {
            long from = counter.from;
            long to = counter.to;
            while (to - from > 1) {
                long middle = from + 1 + upTo(random, to - from - 2);
                long first = counter.count(from, middle);
                long second = counter.count(middle, to);
                assertEquals(counter.count(from, to), first + second, () -> what + " at " + middle);
                if (middle - from > to - middle) {
                    to = middle;
                } else {
                    from = middle;
                }
            }
        });
    }

    @Test
    void anOverflowIsInTheFirstCycleBehindWhichMoreIsAddedThanThereIsRoomFor() {
        forEachSeed((random, counter, what) -> {
            long added = counter.count(counter.from, counter.to);
            long room = switch (random.nextInt(4)) {
                case 0 -> Math.max(0, added + random.nextInt(-2, 2));
                case 1 -> upTo(random, Long.MAX_VALUE);
                default -> upTo(random, added);
            };
            long cycle = counter.large.pattern.overflow(counter.asked.word(), counter.edge, counter.before, room, counter.from, counter.to);
            String where = what + " room " + room + " gives " + cycle;
            assertTrue(cycle >= counter.from && cycle <= counter.to, where);
            assertTrue(counter.count(counter.from, cycle) <= room, where);
            assertTrue(cycle == counter.to || counter.count(counter.from, cycle + 1) > room, where);
        });
    }

    @Test
    void aBeatGoesOnAfterItsLengthAsItBegan() {
        for (int seed = 0; seed < COUNT; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long mhz = random.nextLong(1024, 10_000);
            Beat clock = new Beat(random.nextLong(0, 3 * mhz), mhz);
            long from = random.nextLong(mhz);
            long to = from + Math.max(1, upTo(random, LONGEST));
            long later = random.nextLong((Long.MAX_VALUE / mhz - 8 - to) / mhz) * mhz;
            long condition = new Asked(random.nextInt(4), random.nextBoolean(), random.nextBoolean()).word();
            boolean edge = random.nextBoolean();
            boolean before = random.nextBoolean();
            long added = clock.count(condition, edge, before, from, to);
            String what = "seed " + seed + ": " + mhz + " MHz [" + from + ", " + to + ") and " + later + " later";
            assertEquals(added, clock.count(condition, edge, before, later + from, later + to), what);
            long room = upTo(random, added);
            assertEquals(later + clock.overflow(condition, edge, before, room, from, to),
                    clock.overflow(condition, edge, before, room, later + from, later + to), what + " room " + room);
        }
    }
}
