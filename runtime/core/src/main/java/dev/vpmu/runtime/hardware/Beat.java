package dev.vpmu.runtime.hardware;

/**
 * {@code n} occurrences spread over {@code length} cycles as evenly as whole numbers allow, and so on for ever: cycle j has
 * ⌊(j + 1) n / length⌋ - ⌊j n / length⌋. This is also how one clock ticks in another's cycles.
 *
 * <p>A short beat can be asked about cycles far behind {@link #LONGEST}, as a clock must that is not reset: about those up to
 * 2^63 / {@code length} - 8 and 2^53, while there have been fewer than 2^62 occurrences. For ticks of one clock in another's cycles,
 * both given in MHz, that is four days at 5 GHz. It repeats every {@code length} cycles, if that is not enough.
 *
 * <p>A cycle has q = ⌊n / length⌋ occurrences, or one more; r = n mod length of each {@code length} cycles have one more. Of high and
 * low cycles, those that are not more than the half are never neighbours, which is why rising edges can be counted.
 */
public final class Beat extends Pattern {

    private final long rest;
    private final long length;
    /** Multiplied by the length, and with as much again added, this is still a {@code long}. */
    private final long last;

    /**
     * A beat.
     *
     * @param n the occurrences in {@code length} cycles, fewer than {@link #MOST} for each of them
     * @param length the cycles, 1 to {@link #LONGEST}
     */
    public Beat(long n, long length) {
        super(checked(n, length) / length, n / length + (n % length == 0 ? 0 : 1));
        this.rest = n % length;
        this.length = length;
        this.last = NEVER / length - 1;
    }

    private static long checked(long n, long length) {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("a beat of " + length + " cycles; 1 to " + LONGEST + " are possible");
        }
        if (n < 0 || n / length >= MOST) {
            throw new IllegalArgumentException(n + " occurrences in " + length + " cycles; 0 to below " + MOST + " a cycle are possible");
        }
        return n;
    }

    @Override
    long highs(long cycle) {
        return cycle == length ? rest : cycle * rest / length;
    }

    /** The smallest j with ⌊(j + 1) r / length⌋ ≥ k. */
    @Override
    long highCycle(long k) {
        return rest == 0 || k > last ? NEVER : (k * length + rest - 1) / rest - 1;
    }

    /** The smallest j with ⌈(j + 1) (length - r) / length⌉ ≥ k. */
    @Override
    long lowCycle(long k) {
        return k > last ? NEVER : (k - 1) * length / (length - rest);
    }

    private boolean highsStandAlone() {
        return 2 * rest <= length;
    }

    /** High ones that stand alone each follow a low one; else each low one stands alone and is followed by a high one. Cycle 0 is low. */
    @Override
    long highRises(long cycle) {
        return highsStandAlone() ? highs(cycle) : cycle - 1 - highs(cycle - 1);
    }

    @Override
    long highRise(long k) {
        return highsStandAlone() ? highCycle(k) : behind(lowCycle(k));
    }

    @Override
    long lowRises(long cycle) {
        return highsStandAlone() ? highs(cycle - 1) : cycle - highs(cycle) - 1;
    }

    @Override
    long lowRise(long k) {
        return highsStandAlone() ? behind(highCycle(k)) : lowCycle(k + 1);
    }

    private static long behind(long cycle) {
        return cycle == NEVER ? NEVER : cycle + 1;
    }

    /** Near the quotient, which a double gives to within a few cycles. */
    @Override
    long cycleOfTotal(long total) {
        double estimate = (double) total * length / ((double) low * length + rest);
        if (estimate > last) {
            return NEVER;
        }
        long end = (long) estimate;
        while (total(end) < total) {
            end++;
        }
        while (total(end - 1) >= total) {
            end--;
        }
        return end - 1;
    }
}
