package dev.vpmu.runtime.perf;

import java.util.List;

/**
 * Whether events can be on an empty PMU together.
 *
 * @param events their names, in the order in which they were asked for
 * @param isAccepted whether the scheduler finds counters for them
 * @param counters the counter of each, a global index: of the scheduler if it accepts, of an exhaustive search if it does not although it could;
 *     empty if there is no assignment
 * @param reason why not, with the events' names; empty if they are accepted
 */
public record GroupVerdict(List<String> events, boolean isAccepted, List<Integer> counters, String reason) {

    public GroupVerdict {
        events = List.copyOf(events);
        counters = List.copyOf(counters);
    }

    /** Whether there is an assignment. */
    public boolean isFeasible() {
        return counters.size() == events.size();
    }
}
