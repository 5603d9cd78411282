package dev.vpmu.runtime.hardware;

/** A run that repeats: {@code each} occurrences in each of the first {@code busy} cycles of every {@code period}, none in the others. */
public final class Run extends Pattern {

    private final long busy;
    private final long period;

    /**
     * A run that repeats from cycle 0 on.
     *
     * @param each the occurrences in a cycle of the run, 0 to {@link #MOST}
     * @param busy the run's length in cycles, 0 to {@code period}
     * @param period from the beginning of one run to that of the next, in cycles, 1 to {@link #LONGEST}
     */
    public Run(long each, long busy, long period) {
        super(0, each);
        if (each < 0 || each > MOST || busy < 0 || busy > period || period < 1 || period > LONGEST) {
            throw new IllegalArgumentException(each + " a cycle for " + busy + " cycles, every " + period + " cycles; up to " + MOST
                    + " a cycle, for up to the period, of 1 to " + LONGEST + " cycles, are possible");
        }
        this.busy = busy;
        this.period = period;
    }

    @Override
    long highs(long cycle) {
        return cycle / period * busy + Math.min(cycle % period, busy);
    }

    @Override
    long highCycle(long k) {
        return busy == 0 || k > NEVER / LONGEST ? NEVER : (k - 1) / busy * period + (k - 1) % busy;
    }

    @Override
    long lowCycle(long k) {
        long idle = period - busy;
        return idle == 0 || k > NEVER / LONGEST ? NEVER : (k - 1) / idle * period + busy + (k - 1) % idle;
    }

    private boolean changes() {
        return busy != 0 && busy != period;
    }

    @Override
    long highRises(long cycle) {
        return changes() ? (cycle - 1) / period : 0;
    }

    @Override
    long highRise(long k) {
        return changes() && k <= NEVER / LONGEST ? k * period : NEVER;
    }

    @Override
    long lowRises(long cycle) {
        return changes() && cycle > busy ? (cycle - 1 - busy) / period + 1 : 0;
    }

    @Override
    long lowRise(long k) {
        return changes() && k <= NEVER / LONGEST ? (k - 1) * period + busy : NEVER;
    }

    @Override
    long cycleOfTotal(long total) {
        return highCycle((total + high - 1) / high);
    }
}
