package dev.vpmu.generator.hardware.naive;

import java.math.BigInteger;
import java.util.List;

/**
 * A stretch of work: how long it takes, where it runs, and how often what occurs in which of its cycles.
 *
 * @param cycles how many core cycles it takes
 * @param ring the privilege level, 0 for the kernel
 */
public record NaiveStep(long cycles, int ring, Transaction transaction, List<Occurrences> occurrences) {

    private static final Pattern NEVER = new Uniform(0);

    /** Where it stands to memory transactions. */
    public enum Transaction {
        OUTSIDE, COMMITTED, ABORTED
    }

    /** What occurs. */
    public sealed interface Event {
    }

    /** An event that selectors ask for, with a value in its extra register, or 0. */
    public record Coded(int code, int umask, long extra) implements Event {
    }

    /** The event that only this counter counts. */
    public record OfCounter(int globalIndex) implements Event {
    }

    /** How often it occurs in each cycle. */
    public sealed interface Pattern {

        /** The occurrences in cycle {@code j} of a step of {@code c} cycles. */
        long in(long j, long c);
    }

    /** {@code n} occurrences in the whole step, as even as can be. */
    public record Uniform(long n) implements Pattern {

        @Override
        public long in(long j, long c) {
            return before(j + 1, c) - before(j, c);
        }

        /** ⌊j n / c⌋, the occurrences before cycle j. */
        private long before(long j, long c) {
            if (n <= Integer.MAX_VALUE && j <= Integer.MAX_VALUE) {
                return j * n / c;
            }
            return BigInteger.valueOf(j).multiply(BigInteger.valueOf(n)).divide(BigInteger.valueOf(c)).longValueExact();
        }
    }

    /** {@code each} occurrences in each of the first {@code busy} cycles of every {@code period}. */
    public record Run(long each, long busy, long period) implements Pattern {

        @Override
        public long in(long j, long c) {
            return j % period < busy ? each : 0;
        }
    }

    /** What occurs, and when. */
    public record Occurrences(Event event, Pattern pattern) {
    }

    /** When the event occurs; never, where the step does not name it. */
    public Pattern pattern(Event event) {
        for (Occurrences one : occurrences) {
            if (one.event().equals(event)) {
                return one.pattern();
            }
        }
        return NEVER;
    }
}
