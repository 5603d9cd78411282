package dev.vpmu.generator.perf.sets;

import java.util.List;

/**
 * What an event asks of the PMU.
 *
 * @param name its name
 * @param ways the ways to count it, each as good as the others
 * @param exclusive whether a sibling thread must leave its counter alone
 */
record Demand(String name, List<Way> ways, boolean exclusive) {

    /** Every counter that some way allows. */
    long counters() {
        return ways.stream().mapToLong(Way::counters).reduce(0, (a, b) -> a | b);
    }

    /** The fewest counters it takes. */
    int needs() {
        return ways.stream().allMatch(way -> way.partner().isPresent()) ? 2 : 1;
    }
}
