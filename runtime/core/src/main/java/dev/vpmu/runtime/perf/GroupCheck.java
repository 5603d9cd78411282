package dev.vpmu.runtime.perf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What can be asked of a CPU's perf, and what cannot: said when an event is opened, not when it fails to count. */
final class GroupCheck {

    private final PerfCore core;
    private final CounterGeometry geometry;

    GroupCheck(PerfCore core) {
        this.core = core;
        this.geometry = core.geometry();
    }

    /* ------------------------------------------------------------- one event */

    /** Refuses what the CPU cannot do. */
    void attributes(EventAttributes attributes) {
        if (attributes.precise() > 0 && geometry.precise() == 0) {
            throw new IllegalArgumentException(attributes + ": precision " + attributes.precise() + ", but the CPU writes no precise records");
        }
        if (attributes.isSampling()) {
            sampling(attributes);
        }
        if (attributes.samplePeriod() != 0) {
            least(attributes, attributes.samplePeriod());
        }
        int row = attributes.onlyCounter() < 0 ? core.extraRow(attributes.config()) : -1;
        if (row >= 0 && (attributes.extra() & ~core.extraValid(row)) != 0) {
            throw new IllegalArgumentException(attributes + ": 0x" + Long.toHexString(attributes.extra()) + " for its extra register; bits 0x"
                    + Long.toHexString(core.extraValid(row)) + " can be set");
        }
    }

    private void sampling(EventAttributes attributes) {
        if (core.isCheckpointed(attributes)) {
            throw new IllegalArgumentException(attributes + ": an event that takes aborted transactions back cannot be sampled");
        }
    }

    private void least(EventAttributes attributes, long period) {
        long nearest = core.periods.allowed(attributes, period);
        if (nearest > period) {
            throw new IllegalArgumentException(attributes + ": a sampling period of " + period + "; the CPU takes " + nearest + " and more");
        }
    }

    /** Refuses a new period. */
    void period(EventAttributes attributes, long period) {
        if (attributes.samplePeriod() == 0) {
            throw new IllegalArgumentException(attributes + " has no sampling period to change"
                    + (attributes.sampleFrequency() != 0 ? ": it follows " + attributes.sampleFrequency() + " samples a second" : ""));
        }
        if (period < 1) {
            throw new IllegalArgumentException(attributes + ": a sampling period of " + period + "; 1 is the least");
        }
        least(attributes, period);
    }

    /** Refuses what only a leader can ask for. */
    void member(PerfEvent leader, EventAttributes attributes) {
        if (!leader.isLeader()) {
            throw new IllegalArgumentException(attributes + " cannot join " + leader.name() + ", which is led by " + leader.leader.name());
        }
        if (attributes.isPinned() || attributes.isExclusive()) {
            throw new IllegalArgumentException(attributes + ": whether a group is " + (attributes.isPinned() ? "pinned" : "exclusive") + " is said of its leader, "
                    + leader.name());
        }
    }

    /* ------------------------------------------------------------- groups */

    /** Refuses a group that the scheduler cannot put on an empty PMU. */
    void group(List<EventAttributes> together) {
        GroupVerdict verdict = verdict(together);
        if (!verdict.isAccepted()) {
            throw new UnschedulableException(verdict);
        }
    }

    /** What the scheduler makes of events on an empty PMU; what it refuses is looked at again by a search that misses nothing. */
    GroupVerdict verdict(List<EventAttributes> together) {
        List<String> names = together.stream().map(EventAttributes::name).toList();
        PlaceFinder places = new PlaceFinder(core);
        PerfEvent[] events = together.stream().map(attributes -> new PerfEvent(attributes, OverflowHandler.NONE, core.cpuContext(), null)).toArray(PerfEvent[]::new);
        for (PerfEvent event : events) {
            places.learn(event);
        }
        long used = core.system.is(AsPosted.D4) ? core.reserved() : 0;
        int capacity = Long.bitCount(geometry.counters());
        if (events.length <= capacity && places.find(events, events.length, used)) {
            return new GroupVerdict(names, true, IntStream.range(0, events.length).mapToObj(places::counterOf).toList(), "");
        }
        String each = Arrays.stream(events).map(event -> event.name() + " (" + counters(event.allowed) + ")").collect(Collectors.joining(", "));
        if (events.length > capacity) {
            return new GroupVerdict(names, false, List.of(), events.length + " events, and the CPU has " + capacity + " counters: " + each);
        }
        int[] feasible = feasible(places, events, used);
        if (feasible == null) {
            return new GroupVerdict(names, false, List.of(), (events.length == 1 ? "no counter can hold the event: " : "no counters can hold the events together: ") + each);
        }
        List<Integer> found = Arrays.stream(feasible).boxed().toList();
        String how = IntStream.range(0, events.length).mapToObj(i -> names.get(i) + " on " + core.name(feasible[i])).collect(Collectors.joining(", "));
        return new GroupVerdict(names, false, found, "the scheduler finds no counters for the events, although there are: " + how + "; allowed are " + each);
    }

    private int[] feasible(PlaceFinder places, PerfEvent[] events, long used) {
        long[][] allowed = new long[events.length][];
        int[][] registers = new int[events.length][];
        long[][] values = new long[events.length][];
        int[] traits = new int[events.length];
        for (int i = 0; i < events.length; i++) {
            PerfEvent event = events[i];
            List<Integer> rows = rows(event);
            allowed[i] = rows.stream().mapToLong(row -> places.allowed(event, row) & ~used).toArray();
            registers[i] = rows.stream().mapToInt(row -> row < 0 ? -1 : core.extraRegister(row)).toArray();
            values[i] = rows.stream().mapToLong(row -> event.attributes().extra()).toArray();
            traits[i] = event.traits;
        }
        return FeasibleAssignment.of(allowed, registers, values, traits, used, places.mostGeneral(events, events.length), geometry.fixed());
    }

    private List<Integer> rows(PerfEvent event) {
        if (event.ownRow < 0) {
            return List.of(-1);
        }
        List<Integer> rows = new ArrayList<>();
        int row = event.ownRow;
        do {
            if ((event.attributes().extra() & ~core.extraValid(row)) == 0) {
                rows.add(row);
            }
            row = core.nextExtraRow(row);
        } while (row != event.ownRow);
        return rows;
    }

    private String counters(long mask) {
        return mask == 0 ? "none" : IntStream.range(0, Long.SIZE).filter(i -> (mask >>> i & 1) != 0).mapToObj(core::name).collect(Collectors.joining(" "));
    }

    /** Counters for events of another PMU, by their masks alone. */
    int[] assign(long... allowed) {
        CounterAssignment assignment = new CounterAssignment(allowed.length, 0);
        for (long mask : allowed) {
            assignment.add(mask, 0, -1);
        }
        if (!assignment.search(core.system.is(AsPosted.D4) ? core.reserved() : 0, Long.SIZE)) {
            return null;
        }
        return IntStream.range(0, allowed.length).map(assignment::counterOf).toArray();
    }
}
