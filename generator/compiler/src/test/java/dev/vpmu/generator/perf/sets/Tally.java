package dev.vpmu.generator.perf.sets;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.GroupVerdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the sets that were drawn for a CPU. */
final class Tally {

    /** Why the scheduler does not find what is there. */
    enum Kind {
        /** Counters that the CPU's rows allow: the most constrained event comes first, and takes the lowest counter. */
        ROWS,
        /** Counters, where who asks for an event narrows what the rows allow. */
        NARROWED,
        /** Extra registers that stand in for one another: each event takes the first that is free. */
        EXTRA_REGISTERS,
        /** An event needs two counters beside one another. */
        PAIRS
    }

    private static final int MOST_SHRUNK = 200;

    private int sets;
    private int accepted;
    private int infeasible;
    private int refused;
    private int opened;
    private final Map<Kind, String> smallest = new TreeMap<>();
    private final Map<Kind, Integer> sizes = new TreeMap<>();
    private final Map<Kind, Integer> kinds = new TreeMap<>();

    /** One more set. */
    void count(CoreUnderTest core, List<EventAttributes> set, GroupVerdict verdict, boolean isOpened) {
        sets++;
        opened += isOpened ? 1 : 0;
        if (verdict.isAccepted()) {
            accepted++;
        } else if (!verdict.isFeasible()) {
            infeasible++;
        } else {
            refused++;
            if (refused <= MOST_SHRUNK) {
                List<EventAttributes> small = SmallerSets.smallest(set, events -> !core.verdict(events).isAccepted() && core.verdict(events).isFeasible());
                kinds.merge(kind(core, small), 1, Integer::sum);
                keep(kind(core, small), small.size(), core.verdict(small).reason());
            }
        }
    }

    private static Kind kind(CoreUnderTest core, List<EventAttributes> set) {
        List<Demand> demands = core.demands(set);
        if (demands.stream().anyMatch(demand -> demand.needs() > 1)) {
            return Kind.PAIRS;
        } else if (demands.stream().anyMatch(demand -> demand.ways().size() > 1)) {
            return Kind.EXTRA_REGISTERS;
        }
        return set.stream().anyMatch(event -> event.counters() != EventAttributes.ANY_COUNTER) ? Kind.NARROWED : Kind.ROWS;
    }

    private void keep(Kind kind, int size, String reason) {
        if (size < sizes.getOrDefault(kind, Integer.MAX_VALUE)) {
            sizes.put(kind, size);
            smallest.put(kind, reason);
        }
    }

    void add(Tally other) {
        sets += other.sets;
        accepted += other.accepted;
        infeasible += other.infeasible;
        refused += other.refused;
        opened += other.opened;
        other.smallest.forEach((kind, reason) -> keep(kind, other.sizes.get(kind), reason));
        other.kinds.forEach((kind, count) -> kinds.merge(kind, count, Integer::sum));
    }

    static String header() {
        return String.format("%-22s %9s %9s %11s %9s %9s", "events together", "sets", "accepted", "impossible", "refused", "opened");
    }

    /** A line of a table: sets, accepted, impossible, refused although possible, opened; and why the refused ones were, as far as was looked. */
    String line(String name) {
        return String.format("%-22s %9d %9d %11d %9d %9d  %s", name, sets, accepted, infeasible, refused, opened, kinds.isEmpty() ? "" : kinds);
    }

    /** The reasons that were given for the smallest of each kind. */
    Map<Kind, String> smallest() {
        return smallest;
    }
}
