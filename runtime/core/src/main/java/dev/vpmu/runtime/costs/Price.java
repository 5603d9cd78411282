package dev.vpmu.runtime.costs;

import java.util.List;

/**
 * What one step costs.
 *
 * @param step the step
 * @param policy the design it is the price of; empty for all
 * @param low the price, or the lower end of its range, in {@code unit}
 * @param high the upper end; {@code low} where there is no range
 * @param unit the unit of both
 * @param sources where it is from
 * @param isAssumed whether nobody has measured it
 */
public record Price(String step, String policy, double low, double high, Unit unit, List<String> sources, boolean isAssumed) {

    /** Units of prices. */
    public enum Unit {
        CYCLES("cycles", 0), NANOSECONDS("ns", 1), MICROSECONDS("us", 1_000), MILLISECONDS("ms", 1_000_000);

        private final String text;
        private final double nanos;

        Unit(String text, double nanos) {
            this.text = text;
            this.nanos = nanos;
        }

        /** As the language writes it. */
        public String text() {
            return text;
        }
    }

    private static final double NANOS_A_SECOND = 1e9;

    public Price {
        sources = List.copyOf(sources);
    }

    /** The middle of the range, in nanoseconds, where a cycle takes what {@code hertz} says. */
    public double nanos(long hertz) {
        double middle = (low + high) / 2;
        return unit == Unit.CYCLES ? middle * NANOS_A_SECOND / hertz : middle * unit.nanos;
    }
}
