package dev.vpmu.cpus.reservation;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfObserver;
import java.util.ArrayList;
import java.util.List;

/** What perf reports of reservations, a line each. */
final class Reports implements PerfObserver {

    private final List<String> lines = new ArrayList<>();

    /** What has been reported since the last time. */
    List<String> next() {
        List<String> next = List.copyOf(lines);
        lines.clear();
        return next;
    }

    @Override
    public void moved(PerfEvent event, int from, int to) {
        lines.add(event.name() + " moved from " + from + " to " + to);
    }

    @Override
    public void erred(PerfEvent event) {
        lines.add(event.name() + " in error");
    }

    @Override
    public void displaced(PerfEvent event) {
        lines.add(event.name() + " displaced");
    }

    @Override
    public void refused(PerfEvent event, long counters) {
        lines.add(Long.toHexString(counters) + " refused for " + event.name());
    }

    @Override
    public void collided(PerfEvent event, int counter) {
        lines.add(event.name() + " collides on " + counter);
    }
}
