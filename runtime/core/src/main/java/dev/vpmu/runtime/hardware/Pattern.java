package dev.vpmu.runtime.hardware;

/**
 * How often something occurs in each cycle of a stretch of work: in some cycles {@link #high}, in all others {@link #low}. Which
 * cycles are high is given by a formula, so that whatever a counter makes of it (occurrences, cycles above a threshold, rising
 * edges, and the cycle of the next overflow) costs the same for ten cycles as for a billion.
 *
 * <p>Cycles are numbered from 0, ranges are half-open and lie within the first {@link #LONGEST} cycles; {@link Beat} goes further.
 * Immutable.
 */
public abstract sealed class Pattern permits Beat, Run {

    /** The most occurrences in one cycle: 2^30. */
    public static final long MOST = 1L << 30;
    /** The longest stretch, in cycles: 2^31. */
    public static final long LONGEST = 1L << 31;

    /** "Never", where a cycle is asked for. */
    static final long NEVER = Long.MAX_VALUE;

    final long low;
    final long high;

    Pattern(long low, long high) {
        this.low = low;
        this.high = high;
    }

    /** How many cycles before {@code cycle} are high. */
    abstract long highs(long cycle);

    /** The {@code k}-th high cycle, counted from 1; {@link #NEVER} if no cycle is high, or if it is behind all that can be asked about. */
    abstract long highCycle(long k);

    /** The {@code k}-th low cycle, counted from 1; {@link #NEVER} as for {@link #highCycle}. */
    abstract long lowCycle(long k);

    /** How many cycles of 1 … {@code cycle} - 1 are high and follow a low one; {@code cycle} is at least 1. */
    abstract long highRises(long cycle);

    /** The {@code k}-th cycle, counted from 1, that is high and follows a low one; {@link #NEVER} as for {@link #highCycle}. */
    abstract long highRise(long k);

    /** How many cycles of 1 … {@code cycle} - 1 are low and follow a high one; {@code cycle} is at least 1. */
    abstract long lowRises(long cycle);

    /** The {@code k}-th cycle, counted from 1, that is low and follows a high one; {@link #NEVER} as for {@link #highCycle}. */
    abstract long lowRise(long k);

    /**
     * The first cycle behind whose end at least {@code total} occurrences, 1 or more, have been since cycle 0; {@link #NEVER} if it is
     * behind all that can be asked about. Asked only where something occurs in high cycles.
     */
    abstract long cycleOfTotal(long total);

    private boolean isHigh(long cycle) {
        return highs(cycle + 1) != highs(cycle);
    }

    /** The occurrences before {@code cycle}. */
    final long total(long cycle) {
        return low * cycle + (high - low) * highs(cycle);
    }

    /** The occurrences in [{@code from}, {@code to}). */
    public final long occurrences(long from, long to) {
        return from == 0 ? total(to) : total(to) - total(from);
    }

    /** No fewer than the occurrences in a range of {@code cycles} cycles, without a division. A condition may hold more often than that. */
    public final long atMost(long cycles) {
        return high * cycles;
    }

    /** Whether {@code condition} holds in a cycle. */
    public final boolean holds(long condition, long cycle) {
        return Condition.holds(condition, isHigh(cycle) ? high : low);
    }

    /** In how many cycles of [{@code from}, {@code to}) {@code condition} holds. */
    public final long cycles(long condition, long from, long to) {
        boolean whenHigh = Condition.holds(condition, high);
        boolean whenLow = Condition.holds(condition, low);
        if (whenHigh == whenLow) {
            return whenHigh ? to - from : 0;
        }
        long highs = highs(to) - highs(from);
        return whenHigh ? highs : to - from - highs;
    }

    /**
     * How often {@code condition} begins to hold in [{@code from}, {@code to}).
     *
     * @param before whether it held in the cycle before {@code from}
     */
    public final long rises(long condition, boolean before, long from, long to) {
        if (from == to) {
            return 0;
        }
        long first = !before && holds(condition, from) ? 1 : 0;
        boolean whenHigh = Condition.holds(condition, high);
        if (whenHigh == Condition.holds(condition, low)) {
            return first;
        }
        return first + (whenHigh ? highRises(to) - highRises(from + 1) : lowRises(to) - lowRises(from + 1));
    }

    /**
     * What a counter adds in [{@code from}, {@code to}).
     *
     * @param edge whether it counts how often the condition begins to hold
     * @param before whether the condition held in the cycle before {@code from}
     */
    public final long count(long condition, boolean edge, boolean before, long from, long to) {
        if (edge) {
            return rises(condition, before, from, to);
        }
        return Condition.hasThreshold(condition) ? cycles(condition, from, to) : occurrences(from, to);
    }

    /**
     * The cycle of [{@code from}, {@code to}) in which a counter adds more than {@code room} in all, counted from {@code from};
     * {@code to} if there is none.
     *
     * @param edge whether it counts how often the condition begins to hold
     * @param before whether the condition held in the cycle before {@code from}
     * @param room what can be added without an overflow, unsigned
     */
    public final long overflow(long condition, boolean edge, boolean before, long room, long from, long to) {
        // no counter adds more in a cycle than the most that occurs in one, or than 1; most overflows are ruled out without a division
        if (Long.compareUnsigned(room, Math.max(high, 1) * (to - from)) >= 0 || room >= NEVER / 2) {
            return to;
        }
        long cycle;
        if (edge) {
            cycle = rise(condition, before, room + 1, from);
        } else if (Condition.hasThreshold(condition)) {
            cycle = cycle(condition, room + 1, from);
        } else {
            cycle = high == 0 ? NEVER : cycleOfTotal(total(from) + room + 1);
        }
        return Math.min(cycle, to);
    }

    /** The {@code k}-th cycle from {@code from} on in which the condition holds. */
    private long cycle(long condition, long k, long from) {
        boolean whenHigh = Condition.holds(condition, high);
        if (whenHigh == Condition.holds(condition, low)) {
            return whenHigh ? from + k - 1 : NEVER;
        }
        long highs = highs(from);
        return whenHigh ? highCycle(highs + k) : lowCycle(from - highs + k);
    }

    /** The {@code k}-th cycle from {@code from} on in which the condition begins to hold. */
    private long rise(long condition, boolean before, long k, long from) {
        long left = k;
        if (!before && holds(condition, from)) {
            left--;
        }
        if (left == 0) {
            return from;
        }
        boolean whenHigh = Condition.holds(condition, high);
        if (whenHigh == Condition.holds(condition, low)) {
            return NEVER;
        }
        return whenHigh ? highRise(highRises(from + 1) + left) : lowRise(lowRises(from + 1) + left);
    }
}
