package dev.vpmu.generator.perf.conservation;

import dev.vpmu.generator.hardware.naive.NaiveStep;

/**
 * How often something happens in a part of a step: from how the step is made, without walking through its cycles, and without the
 * library's patterns.
 */
final class Happenings {

    private Happenings() {
    }

    /** The occurrences in cycles [{@code from}, {@code to}) of a step of {@code length} cycles. */
    static long occurrences(NaiveStep.Pattern pattern, long length, long from, long to) {
        return occurrencesBefore(pattern, length, to) - occurrencesBefore(pattern, length, from);
    }

    private static long occurrencesBefore(NaiveStep.Pattern pattern, long length, long cycle) {
        if (pattern instanceof NaiveStep.Run run) {
            return run.each() * busyBefore(run, cycle);
        }
        return share(((NaiveStep.Uniform) pattern).n(), length, cycle);
    }

    /** In how many cycles of [{@code from}, {@code to}) the occurrences reach a threshold, or with {@code invert} do not, or with {@code equal} are just as many. */
    static long cycles(NaiveStep.Pattern pattern, long length, long threshold, boolean invert, boolean equal, long from, long to) {
        long most = to - from;
        if (pattern instanceof NaiveStep.Run run) {
            long busy = busyBefore(run, to) - busyBefore(run, from);
            return among(busy, most - busy, holds(run.each(), threshold, invert, equal), holds(0, threshold, invert, equal));
        }
        long n = ((NaiveStep.Uniform) pattern).n();
        long high = share(n % length, length, to) - share(n % length, length, from);
        return among(high, most - high, holds(n / length + 1, threshold, invert, equal), holds(n / length, threshold, invert, equal));
    }

    private static long among(long high, long low, boolean whenHigh, boolean whenLow) {
        return (whenHigh ? high : 0) + (whenLow ? low : 0);
    }

    private static boolean holds(long occurrences, long threshold, boolean invert, boolean equal) {
        return (equal ? occurrences == threshold : occurrences >= threshold) != invert;
    }

    private static long busyBefore(NaiveStep.Run run, long cycle) {
        return cycle / run.period() * run.busy() + Math.min(cycle % run.period(), run.busy());
    }

    /** ⌊{@code cycle} n / length⌋. */
    private static long share(long n, long length, long cycle) {
        return Math.multiplyExact(n, cycle) / length;
    }

    /** The ticks of a clock in cycles [{@code from}, {@code to}) of a core since its reset, at so many ticks in so many cycles. */
    static long ticks(long ticks, long inCycles, long from, long to) {
        return Math.multiplyExact(to, ticks) / inCycles - Math.multiplyExact(from, ticks) / inCycles;
    }
}
