package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.perf.PerfEvent.State;

/**
 * The events that a CPU has accepted, and the counters they are on. Accepting an event only finds a place for it; the hardware follows
 * when the PMU is enabled. (domain.md §4.3 to §4.5.)
 */
final class CounterEvents {

    private static final int COUNTERS = Long.SIZE;

    private final PerfCore core;
    private final PlaceFinder places;
    private final PeriodKeeper periods;
    private final PerfEvent[] events;
    private final PerfEvent[] onCounter = new PerfEvent[COUNTERS];
    private final int[] uses = new int[COUNTERS];
    private int size;
    /** How many of the last ones the hardware has not seen. */
    private int added;
    /** Whether places of events that run may have changed. */
    private boolean replaced;
    /** Whether an event has been started that is not programmed until all are enabled. */
    private boolean postponed;
    private boolean inGroup;
    private boolean enabled = true;
    private PerfEvent alone;

    /** The counters that run. */
    private long active;
    /** Of these, the ones whose event excludes the host, and those whose event excludes guests. */
    private long guestOnly;
    private long hostOnly;
    private long precise;
    private long checkpointed;

    CounterEvents(PerfCore core, PlaceFinder places, PeriodKeeper periods) {
        this.core = core;
        this.places = places;
        this.periods = periods;
        this.events = new PerfEvent[Long.bitCount(core.geometry().counters())];
    }

    int size() {
        return size;
    }

    PerfEvent get(int index) {
        return events[index];
    }

    /** The event that runs on a counter; null if none does. */
    PerfEvent on(int counter) {
        return onCounter[counter];
    }

    long active() {
        return active;
    }

    /** The counters that are taken: those that run, and those of events that are stopped, or have not been started or moved yet. */
    long taken() {
        long taken = 0;
        for (int i = 0; i < size; i++) {
            taken |= counters(events[i], places.counterOf(i));
            taken |= events[i].stopped ? 0 : counters(events[i], events[i].counter);
        }
        return taken;
    }

    /** What an event takes on a counter: that one, and of a pair the next. */
    static long counters(PerfEvent event, int counter) {
        return ((event.traits & PerfCore.PAIRED) == 0 ? 1L : 3L) << counter;
    }

    long guestOnly() {
        return guestOnly;
    }

    /** For the word that as posted serves reservations too. */
    void guestOnly(long counters) {
        guestOnly = counters;
    }

    long hostOnly() {
        return hostOnly;
    }

    long precise() {
        return precise;
    }

    long checkpointed() {
        return checkpointed;
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
        unthrottle(event);
        if (event.attributes().isExclusive()) {
            alone = event;
        }
        size++;
        added++;
        return true;
    }

    /** Lets an event that was stopped for too many samples go on when it is started. */
    void unthrottle(PerfEvent event) {
        if (event.interrupts == PeriodKeeper.THROTTLED) {
            event.interrupts = 0;
            core.observer().unthrottled(event);
        }
    }

    /** Stops an event and forgets it; its counter stays its hint. */
    void remove(PerfEvent event) {
        int index = indexOf(event);
        if (event.lastCore == core && event.isSeen) {
            core.observer().unscheduled(event, event.counter);
        }
        event.isSeen = false;
        stop(event, true);
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

    /** Stops everything; what has been accepted before and not enabled is not looked at as new any more, as in Linux. */
    void disable() {
        if (enabled) {
            enabled = false;
            added = 0;
            core.disableAll(precise);
            stopUngated();
        }
    }

    /** Brings the hardware to what has been accepted, and starts it. */
    void enable() {
        if (enabled) {
            return;
        }
        settle();
        enabled = true;
        startAll();
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
                stop(event, true);
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
                core.observer().scheduled(event, event.counter);
            }
            if (!event.keepStopped) {
                start(event, true);
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
            core.observer().moved(event, from, to);
        }
    }

    private void startAll() {
        postponed = false;
        core.enableAll(core.enabledNow(), core.isInGuest() ? 0 : precise);
        for (long rest = ungated(); rest != 0; rest &= rest - 1) {
            PerfEvent event = onCounter[Long.numberOfTrailingZeros(rest)];
            if (event != null && countsNow(event)) {
                program(event);
            }
        }
    }

    private void stopUngated() {
        for (long rest = ungated(); rest != 0; rest &= rest - 1) {
            PerfEvent event = onCounter[Long.numberOfTrailingZeros(rest)];
            if (event != null) {
                core.stop(event.counter, configOf(event));
            }
        }
    }

    private long ungated() {
        return active & ~core.geometry().gated();
    }

    /** Writes the global enable registers anew, if the PMU is enabled. */
    void restart() {
        if (enabled) {
            startAll();
        }
    }

    /** For the NMI handler, which disables and enables for itself, but for what handlers of samples have accepted, moved or started. */
    boolean suspend() {
        boolean was = enabled;
        enabled = false;
        return was;
    }

    void resume(boolean was) {
        if (was && (added > 0 || replaced || postponed)) {
            core.disableAll(precise);
            stopUngated();
            enable();
        } else {
            enabled = was;
        }
    }

    /* ------------------------------------------------------------- one event */

    /** Starts an event on its counter; one that was only stopped goes on where it was unless {@code reload} is set. */
    void start(PerfEvent event, boolean reload) {
        if (!event.stopped || event.counter < 0) {
            return;
        }
        if (reload || event.folded) {
            periods.reload(event);
        }
        event.stopped = false;
        event.folded = false;
        event.keepStopped = false;
        long own = 1L << event.counter;
        onCounter[event.counter] = event;
        active |= own;
        EventAttributes attributes = event.attributes();
        if (attributes.excludesHost()) {
            guestOnly |= own;
        }
        if (attributes.excludesGuest()) {
            hostOnly |= own;
        }
        if (attributes.precise() > 0) {
            precise |= own;
        }
        if (core.isCheckpointed(attributes)) {
            checkpointed |= own;
        }
        if (isGated(event) || enabled && countsNow(event)) {
            program(event);
        } else {
            postponed |= !enabled;
        }
        core.reservation().look(event);
    }

    /** The CPU has entered or left guest mode. */
    void switchMode() {
        if (enabled && (guestOnly | hostOnly | precise) != 0) {
            stopUngated();
            startAll();
        }
    }

    private boolean isGated(PerfEvent event) {
        return (core.geometry().gated() >>> event.counter & 1) != 0;
    }

    /** Whether an event counts in the mode that the CPU is in; where no register for many holds its counter back, its selector has to. */
    private boolean countsNow(PerfEvent event) {
        return !(core.isInGuest() ? event.attributes().excludesGuest() : event.attributes().excludesHost());
    }

    private void program(PerfEvent event) {
        EventAttributes attributes = event.attributes();
        int modes = PerfCore.INTERRUPT | (attributes.excludesUser() ? 0 : PerfCore.USER) | (attributes.excludesKernel() ? 0 : PerfCore.KERNEL);
        if (event.row >= 0) {
            core.registers.wrmsr(core.extraAddress(event.row), attributes.extra());
        }
        if ((event.traits & PerfCore.PAIRED) != 0) {
            core.start(event.counter + 1, core.partner(configOf(event), attributes.precise()), 0);
        }
        core.start(event.counter, configOf(event), modes);
    }

    /**
     * What its counter is told: the selector's bits, under the code of its extra register's row; a fixed counter's own modifiers, of which an
     * event that a selector asks for has none.
     */
    private long configOf(PerfEvent event) {
        if (event.attributes().onlyCounter() < 0 && (core.geometry().fixed() >>> event.counter & 1) != 0) {
            return 0;
        }
        long config = event.attributes().config();
        return event.row < 0 || event.row == event.ownRow ? config : core.extraConfig(event.row, config);
    }

    /** Stops an event on its counter. */
    void stop(PerfEvent event, boolean fold) {
        if (!event.stopped) {
            long own = 1L << event.counter;
            core.stop(event.counter, configOf(event));
            if ((event.traits & PerfCore.PAIRED) != 0) {
                core.stop(event.counter + 1, core.partner(configOf(event), event.attributes().precise()));
            }
            active &= ~own;
            guestOnly &= ~own;
            hostOnly &= ~own;
            precise &= ~own;
            checkpointed &= ~own;
            onCounter[event.counter] = null;
            event.stopped = true;
        }
        if (fold && !event.folded) {
            periods.fold(event);
            event.folded = true;
        }
    }

    /** Takes what the counter of an event that runs holds into its count. */
    void fold(PerfEvent event) {
        if (event.state() == State.ACTIVE && !event.folded) {
            periods.fold(event);
        }
    }
}
