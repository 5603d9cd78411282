package dev.vpmu.runtime.hardware;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stretch of work on one logical CPU: how many core cycles it takes, at which privilege level and inside what kind of transaction
 * it runs, and how often each event occurs in which of its cycles. An event that is not named does not occur.
 *
 * <p>Cycles of the core, the time-stamp counter's and the bus's clock need not be named: they follow from the step's length and the
 * CPU's clock ratios, and what a step says of them is not looked at.
 *
 * <p>Immutable, so that one step can be run again and again and by several CPUs at once.
 */
public final class Step {

    private static final Pattern NOTHING = new Beat(0, 1);
    private static final int CODE_SHIFT = 32;

    private final long cycles;
    private final int ring;
    private final TransactionState transaction;
    private final long[] events;
    private final long[] extras;
    private final Pattern[] patterns;

    private Step(Builder builder) {
        cycles = builder.cycles;
        ring = builder.ring;
        transaction = builder.transaction;
        events = builder.events.stream().mapToLong(Long::longValue).toArray();
        extras = builder.extras.stream().mapToLong(Long::longValue).toArray();
        patterns = builder.patterns.toArray(Pattern[]::new);
    }

    /**
     * A step in ring 0, outside transactions, in which nothing but cycles occurs yet.
     *
     * @param cycles how many core cycles it takes, 1 to {@link Pattern#LONGEST}
     */
    public static Builder of(long cycles) {
        return new Builder(cycles);
    }

    /**
     * The name of an event that selectors ask for.
     *
     * @param code the event code, up to 31 bits
     * @param umask the unit mask, up to 32 bits
     */
    public static long event(int code, int umask) {
        return (long) code << CODE_SHIFT | umask & 0xFFFF_FFFFL;
    }

    /** The name of the event that only the counter with a global index counts: of a fixed counter that shares its event with no selector. */
    public static long eventOfCounter(int globalIndex) {
        return -1L - globalIndex;
    }

    /** How many core cycles it takes. */
    public long cycles() {
        return cycles;
    }

    /** The privilege level it runs at: 0 is the kernel's, 1 to 3 count as user mode. */
    public int ring() {
        return ring;
    }

    /** Where it stands to transactions. */
    public TransactionState transaction() {
        return transaction;
    }

    /** When the event occurs. */
    public Pattern pattern(long event) {
        return pattern(event, 0);
    }

    /**
     * When the event occurs.
     *
     * @param extra what its extra register holds
     */
    public Pattern pattern(long event, long extra) {
        for (int i = 0; i < events.length; i++) {
            if (events[i] == event && extras[i] == extra) {
                return patterns[i];
            }
        }
        return NOTHING;
    }

    @Override
    public String toString() {
        return cycles + " cycles in ring " + ring + ", " + transaction + ", " + Arrays.toString(events);
    }

    /** Collects what a step is. */
    public static final class Builder {

        private final long cycles;
        private int ring;
        private TransactionState transaction = TransactionState.OUTSIDE;
        private final List<Long> events = new ArrayList<>();
        private final List<Long> extras = new ArrayList<>();
        private final List<Pattern> patterns = new ArrayList<>();

        private Builder(long cycles) {
            if (cycles < 1 || cycles > Pattern.LONGEST) {
                throw new IllegalArgumentException("a step of " + cycles + " cycles; 1 to " + Pattern.LONGEST + " are possible");
            }
            this.cycles = cycles;
        }

        /** It runs at privilege level {@code level}, 0 to 3. */
        public Builder ring(int level) {
            if (level < 0 || level > 3) {
                throw new IllegalArgumentException("ring " + level + "; there are 0 to 3");
            }
            ring = level;
            return this;
        }

        /** It runs inside, or outside, a transaction. */
        public Builder transaction(TransactionState state) {
            transaction = state;
            return this;
        }

        /** {@code n} occurrences of the event, as even as can be: cycle j of c has ⌊(j + 1) n / c⌋ - ⌊j n / c⌋. */
        public Builder uniform(long event, long n) {
            return uniform(event, 0, n);
        }

        /** As {@link #uniform(long, long)}, of the event with a value in its extra register. */
        public Builder uniform(long event, long extra, long n) {
            return add(event, extra, new Beat(n, cycles));
        }

        /** {@code each} occurrences a cycle for {@code busy} cycles, every {@code period} cycles, from the first cycle on. */
        public Builder run(long event, long each, long busy, long period) {
            return run(event, 0, each, busy, period);
        }

        /** As {@link #run(long, long, long, long)}, of the event with a value in its extra register. */
        public Builder run(long event, long extra, long each, long busy, long period) {
            return add(event, extra, new Run(each, busy, period));
        }

        private Builder add(long event, long extra, Pattern pattern) {
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i) == event && extras.get(i) == extra) {
                    throw new IllegalArgumentException("event 0x" + Long.toHexString(event) + " is named twice");
                }
            }
            events.add(event);
            extras.add(extra);
            patterns.add(pattern);
            return this;
        }

        /** The step. */
        public Step build() {
            return new Step(this);
        }
    }
}
