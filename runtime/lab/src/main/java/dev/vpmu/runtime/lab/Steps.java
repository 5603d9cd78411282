package dev.vpmu.runtime.lab;

import java.util.EnumMap;
import java.util.Map;

/** How often each step was taken. Immutable. */
public final class Steps {

    /** None. */
    public static final Steps NONE = new Steps(new long[CostStep.values().length]);

    private final long[] counts;

    Steps(long[] counts) {
        this.counts = counts.clone();
    }

    /** How often. */
    public long count(CostStep step) {
        return counts[step.ordinal()];
    }

    /** Both together. */
    public Steps plus(Steps other) {
        Steps sum = new Steps(counts);
        for (int i = 0; i < sum.counts.length; i++) {
            sum.counts[i] += other.counts[i];
        }
        return sum;
    }

    /** The steps that were taken at all, in their order. */
    public Map<CostStep, Long> taken() {
        Map<CostStep, Long> taken = new EnumMap<>(CostStep.class);
        for (CostStep step : CostStep.values()) {
            if (count(step) != 0) {
                taken.put(step, count(step));
            }
        }
        return taken;
    }

    @Override
    public String toString() {
        return taken().toString();
    }
}
