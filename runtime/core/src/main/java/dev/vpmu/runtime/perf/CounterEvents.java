package dev.vpmu.runtime.perf;

/**
 * The events that a CPU has accepted, and the counters they are to be on. Accepting an event only finds a place for it; the hardware follows
 * when the PMU is enabled. (domain.md §4.3 to §4.5.)
 */
final class CounterEvents {

    private final PerfCore core;
    private final PlaceFinder places;
    private final RunningCounters running;
    private final PerfEvent[] events;
    private final int[] uses = new int[Long.SIZE];
    private int size;
    /** How many of the last ones the hardware has not seen. */
    private int added;
    /** Whether places of events that run may have changed. */
    private boolean replaced;
    private boolean inGroup;
    private PerfEvent alone;
    /** How many have disabled the PMU and not enabled it again. */
    private int disables;

    CounterEvents(PerfCore core, PlaceFinder places, RunningCounters running) {
        this.core = core;
        this.places = places;
        this.running = running;
        this.events = new PerfEvent[Long.bitCount(core.geometry().counters())];
    }

    int size() {
        return size;
    }

    PerfEvent get(int index) {
        return events[index];
    }

    /** The counters that are taken: those that run, and those of events that are stopped, or have not been started or moved yet. */
    long taken() {
        long taken = 0;
        for (int i = 0; i < size; i++) {
            taken |= RunningCounters.counters(events[i], places.counterOf(i));
            taken |= events[i].stopped ? 0 : RunningCounters.counters(events[i], events[i].counter);
        }
        return taken;
    }

    /* ------------------------------------------------------------- accepting */

    /** Members of a group follow, which are looked at together. */
    void beginGroup() {
        inGroup = true;
    }

    /** Finds places for the group; false if there are none, and then its members must be removed. */
    boolean endGroup() {
        inGroup = false;
        return places.find(events, size, core.reserved());
    }

    void cancelGroup() {
        inGroup = false;
    }

    /** Whether a group may come, as far as groups that must be alone are concerned. */
    boolean hasRoomFor(PerfEvent leader) {
        return alone == null && !(leader.attributes().isExclusive() && size > 0);
    }

    /** Accepts an event; inside a group without looking for a place. */
    boolean add(PerfEvent event) {
        if (size == events.length) {
            return false;
        }
        places.learn(event);
        events[size] = event;
        if (!inGroup && !places.find(events, size + 1, core.reserved())) {
            events[size] = null;
            return false;
        }
        event.stopped = true;
        event.folded = true;
        event.keepStopped = false;
        core.periods.unthrottle(event);
        if (event.attributes().isExclusive()) {
            alone = event;
        }
        size++;
        added++;
        return true;
    }

    /** Stops an event and forgets it; its counter stays its hint. */
    void remove(PerfEvent event) {
        int index = indexOf(event);
        if (event.lastCore == core && event.isSeen) {
            core.observer.unscheduled(event, event.counter);
        }
        event.isSeen = false;
        running.stop(event, true);
        if (index >= size - added) {
            added--;
        }
        size--;
        System.arraycopy(events, index + 1, events, index, size - index);
        places.removed(events, index, size);
        events[size] = null;
        if (alone == event) {
            alone = null;
        }
    }

    private int indexOf(PerfEvent event) {
        for (int i = 0; i < size; i++) {
            if (events[i] == event) {
                return i;
            }
        }
        throw new IllegalStateException(event + " is not among the events of its CPU's counters");
    }

    /** Takes over the places that {@link #places} found for all events, so that enabling moves those that are elsewhere. */
    void replace() {
        replaced = true;
    }

    /* ------------------------------------------------------------- the hardware */

    /** Stops everything, and nests; what has been accepted before and not enabled is not looked at as new any more, as in Linux. */
    void disable() {
        if (disables++ == 0 && running.isEnabled()) {
            added = 0;
            running.disable();
        }
    }

    /** Brings the hardware to what has been accepted, and starts it, once it has been enabled as often as disabled. */
    void enable() {
        if (--disables == 0) {
            start();
        }
    }

    private void start() {
        if (!running.isEnabled()) {
            settle();
            running.enable();
        }
    }

    /** Brings the counters to what has been accepted, and leaves the PMU disabled. */
    void settle() {
        if (added > 0 || replaced) {
            place();
            added = 0;
            replaced = false;
            core.lvt.lvtpc(PerfCore.LVTPC_NMI);
        }
    }

    /** Stops those that move, all of them first, and then starts the moved and the new ones. */
    private void place() {
        for (int i = 0; i < size; i++) {
            PerfEvent event = events[i];
            if (event.isSeen && !isPlaced(event, i)) {
                event.keepStopped |= event.stopped;
                running.stop(event, true);
            }
        }
        for (int i = 0; i < size; i++) {
            PerfEvent event = events[i];
            if (!isPlaced(event, i)) {
                assign(event, i);
            } else if (event.isSeen) {
                continue;
            }
            if (!event.isSeen) {
                event.isSeen = true;
                core.observer.scheduled(event, event.counter);
            }
            if (!event.keepStopped) {
                running.start(event, true);
            }
        }
    }

    private boolean isPlaced(PerfEvent event, int index) {
        return event.counter == places.counterOf(index) && event.row == places.rowOf(index) && event.lastCore == core
                && event.counter >= 0 && event.lastUse == uses[event.counter];
    }

    private void assign(PerfEvent event, int index) {
        int from = event.counter;
        int to = places.counterOf(index);
        event.counter = to;
        event.row = places.rowOf(index);
        event.lastCore = core;
        event.lastUse = ++uses[to];
        if (event.isSeen) {
            core.observer.moved(event, from, to);
        }
    }

    /**
     * For the NMI handler, which disables and enables for itself; what a callback disables and enables again stays disabled until the handler is
     * through. Whether the PMU was enabled.
     */
    boolean suspend() {
        disables++;
        return running.suspend();
    }

    /** The NMI handler is through; what handlers of samples have accepted, moved or started is left to do. */
    void resume(boolean was) {
        disables--;
        if (was && (added > 0 || replaced || running.isPostponed())) {
            running.disable();
            start();
        } else {
            running.resume(was);
        }
    }
}
