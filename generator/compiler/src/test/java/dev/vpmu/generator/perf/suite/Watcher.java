package dev.vpmu.generator.perf.suite;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfObserver;
import java.util.ArrayList;
import java.util.List;

/** Notes down what perf does with its events. */
final class Watcher implements PerfObserver {

    private final List<String> seen = new ArrayList<>();

    /** What has been seen since the last time that was asked. */
    List<String> take() {
        List<String> taken = List.copyOf(seen);
        seen.clear();
        return taken;
    }

    @Override
    public void scheduled(PerfEvent event, int counter) {
        seen.add(event.name() + " on " + counter);
    }

    @Override
    public void moved(PerfEvent event, int from, int to) {
        seen.add(event.name() + " from " + from + " to " + to);
    }

    @Override
    public void unscheduled(PerfEvent event, int counter) {
        seen.add(event.name() + " off " + counter);
    }

    @Override
    public void erred(PerfEvent event) {
        seen.add(event.name() + " erred");
    }

    @Override
    public void throttled(PerfEvent event) {
        seen.add(event.name() + " throttled");
    }

    @Override
    public void unthrottled(PerfEvent event) {
        seen.add(event.name() + " unthrottled");
    }
}
