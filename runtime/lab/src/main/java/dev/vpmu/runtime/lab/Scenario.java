package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.List;
import java.util.Map;

/** Guests that run perf on a machine, for a while. Immutable; each run has machines of its own, so runs may be parallel. */
public sealed interface Scenario permits SamplingScenario, MultiplexScenario, SharedScenario, CompetingScenario {

    /** Its name; it ends with {@code +watchdog} if the hosts' NMI watchdogs are on. */
    String name();

    /** Samples a second of guest time, of scenarios that differ in nothing else; 0 of others. */
    default long hertz() {
        return 0;
    }

    /** How long a guest works, in seconds of its own time. */
    double seconds();

    /** Whether the hosts' NMI watchdogs are on. */
    boolean watchdog();

    /** Whether the host counts for itself on the guests' CPU, beside the watchdog. */
    default boolean hostCompetes() {
        return false;
    }

    /** Runs it under a design. */
    Result run(Cpu cpu, VpmuDesign design);

    /** What a guest counted once, from opening an event to closing it: what its perf says, what its work contained, PMIs due and delivered. */
    record Count(String event, long told, long counted, long overflows, long samples) {

        /** How far off it is, against the true one. */
        public double error() {
            return counted == 0 ? 0 : Math.abs(told - counted) / (double) counted;
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
    record HostEvents(long opened, long moved, long waited, long erred, long collided) {

        @Override
        public String toString() {
            return opened + " events: " + moved + " moves, " + waited + " waited, " + erred + " in error, " + collided + " collided";
        }
    }

    /**
     * What came out.
     *
     * @param steps the steps that were taken
     * @param guestNanos how long the guests worked, all together
     * @param counts what they counted
     * @param losses why something was lost, and how often that was seen
     * @param host what became of the host's events
     */
    record Result(Scenario scenario, String policy, Steps steps, double guestNanos, List<Count> counts, Map<String, Long> losses, HostEvents host) {

        public Result {
            counts = List.copyOf(counts);
        }

        /** Time with the virtual PMU in use against time without. */
        public double slowdown(CostTable costs) {
            return (guestNanos + new Bill(steps, costs, policy).nanos()) / guestNanos;
        }

        /** How far off the worst count is, against the true one. */
        public double countError() {
            return counts.stream().mapToDouble(Count::error).max().orElse(0);
        }

        /** How many PMIs reached the guests. */
        public long samples() {
            return counts.stream().mapToLong(Count::samples).sum();
        }

        /** PMIs that should have come and did not. */
        public long lost() {
            return counts.stream().mapToLong(Count::lost).sum();
        }
    }
}
