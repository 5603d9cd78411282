package dev.vpmu.runtime.perf;

/** Two who want to know, one told after the other. */
record PerfObservers(PerfObserver first, PerfObserver second) implements PerfObserver {

    @Override
    public void passed() {
        first.passed();
        second.passed();
    }

    @Override
    public void scheduled(PerfEvent event, int counter) {
        first.scheduled(event, counter);
        second.scheduled(event, counter);
    }

    @Override
    public void moved(PerfEvent event, int from, int to) {
        first.moved(event, from, to);
        second.moved(event, from, to);
    }

    @Override
    public void unscheduled(PerfEvent event, int counter) {
        first.unscheduled(event, counter);
        second.unscheduled(event, counter);
    }

    @Override
    public void erred(PerfEvent event) {
        first.erred(event);
        second.erred(event);
    }

    @Override
    public void displaced(PerfEvent event) {
        first.displaced(event);
        second.displaced(event);
    }

    @Override
    public void refused(PerfEvent event, long counters) {
        first.refused(event, counters);
        second.refused(event, counters);
    }

    @Override
    public void collided(PerfEvent event, int counter) {
        first.collided(event, counter);
        second.collided(event, counter);
    }

    @Override
    public void throttled(PerfEvent event) {
        first.throttled(event);
        second.throttled(event);
    }

    @Override
    public void unthrottled(PerfEvent event) {
        first.unthrottled(event);
        second.unthrottled(event);
    }

    @Override
    public void reported(StatusCause cause) {
        first.reported(cause);
        second.reported(cause);
    }
}
