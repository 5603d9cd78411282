package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import java.util.List;
import java.util.Map;

/**
 * What came out of a scenario under a design.
 *
 * @param scenario the scenario
 * @param policy the design's name
 * @param traffic the steps that were taken, and on which path
 * @param guestNanos how long the guests worked, all together
 * @param counts what they counted
 * @param losses why something was lost, and how often that was seen
 * @param host what became of the host's events
 */
public record Result(Scenario scenario, String policy, Traffic traffic, double guestNanos, List<Count> counts, Map<String, Long> losses, HostEvents host) {

    /**
     * What a guest counted once, from opening an event to closing it.
     *
     * @param event the event's name
     * @param told what the guest is told
     * @param counted how often the event occurred in its work
     * @param overflows PMIs that were due
     * @param samples PMIs that came
     */
    public record Count(String event, long told, long counted, long overflows, long samples) {

        /** How far off it is, against the true one. */
        public double error() {
            return counted == 0 ? told == 0 ? 0 : 1 : Math.abs(told - counted) / (double) counted;
        }

        /** PMIs that should have come and did not. */
        public long lost() {
            return Math.max(0, overflows - samples);
        }
    }

    /**
     * What became of the host's own events.
     *
     * @param opened how many there were
     * @param moved how often one went on on another counter
     * @param waited how many were off the PMU for a while, and took turns
     * @param erred how many were in error
     * @param collided how many had a counter that was a guest's, too
     */
    public record HostEvents(long opened, long moved, long waited, long erred, long collided) {

        /** Of a host that counts nothing. */
        public static final HostEvents NONE = new HostEvents(0, 0, 0, 0, 0);

        @Override
        public String toString() {
            return opened + " events: " + moved + " moves, " + waited + " waited, " + erred + " in error, " + collided + " collided";
        }
    }

    public Result {
        counts = List.copyOf(counts);
    }

    /** The steps that were taken, on whatever path. */
    public Steps steps() {
        return traffic.steps();
    }

    /** What the steps cost. */
    public Bill bill(CostTable costs) {
        return new Bill(steps(), costs, policy);
    }

    /** Time with the virtual PMU in use against time without. */
    public double slowdown(CostTable costs) {
        return (guestNanos + bill(costs).nanos()) / guestNanos;
    }

    /** How far off the worst count is, against the true one. */
    public double countError() {
        return counts.stream().mapToDouble(Count::error).max().orElse(0);
    }

    /** PMIs that reached the guests. */
    public long delivered() {
        return counts.stream().mapToLong(Count::samples).sum();
    }

    /** PMIs that should have come and did not. */
    public long lost() {
        return counts.stream().mapToLong(Count::lost).sum();
    }

    /** Whether a count is off, or a PMI was lost. */
    public boolean isLossy() {
        return countError() != 0 || lost() != 0;
    }
}
