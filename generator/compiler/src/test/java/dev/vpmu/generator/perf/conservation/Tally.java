package dev.vpmu.generator.perf.conservation;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfObserver;
import java.util.EnumMap;
import java.util.Map;

/** How often what happened in schedules: to see that they are about something. */
final class Tally implements PerfObserver {

    /** What can happen. */
    enum What {
        OPENED, REFUSED, ALWAYS_COUNTED, MULTIPLEXED, OCCURRENCES, SAMPLES, THROTTLED, MOVED, ERRED, DISPLACED, RESERVED, NOT_RESERVED, PMIS, CALLED_BACK, MIGRATED
    }

    private final Map<What, Long> counts = new EnumMap<>(What.class);

    void count(What what) {
        count(what, 1);
    }

    void count(What what, long more) {
        counts.merge(what, more, Long::sum);
    }

    long of(What what) {
        return counts.getOrDefault(what, 0L);
    }

    void add(Tally other) {
        other.counts.forEach(this::count);
    }

    @Override
    public void moved(PerfEvent event, int from, int to) {
        count(What.MOVED);
    }

    @Override
    public void erred(PerfEvent event) {
        count(What.ERRED);
    }

    @Override
    public void displaced(PerfEvent event) {
        count(What.DISPLACED);
    }

    @Override
    public void throttled(PerfEvent event) {
        count(What.THROTTLED);
    }

    @Override
    public void collided(PerfEvent event, int counter) {
        throw new AssertionError(event + " runs on counter " + counter + ", which is reserved");
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
