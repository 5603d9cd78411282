package dev.vpmu.runtime.perf;

/** Finds counters, and extra registers, for events: gathers what limits each, and has {@link CounterAssignment} decide. (domain.md §4.4.) */
final class PlaceFinder {

    private final PerfCore core;
    private final CounterAssignment assignment;
    private final boolean fastPathIsBlind;
    private final int general;
    private final int[] counters;
    private final int[] rows;
    private final long[] extraValues;
    private long extraTaken;
    private SiblingShare share;
    private int thread;

    PlaceFinder(PerfCore core) {
        CounterGeometry geometry = core.geometry();
        int capacity = Long.bitCount(geometry.counters());
        this.core = core;
        this.assignment = new CounterAssignment(capacity, geometry.fixed());
        this.fastPathIsBlind = core.system.is(AsPosted.D3);
        this.general = Long.bitCount(geometry.counters() & ~geometry.fixed());
        this.counters = new int[capacity];
        this.rows = new int[capacity];
        this.extraValues = new long[core.extraRegisters()];
    }

    /** Shares the core with a sibling thread. */
    void share(SiblingShare with, int asThread) {
        share = with;
        thread = asThread;
    }

    /** The counter found for the event at an index. */
    int counterOf(int index) {
        return counters[index];
    }

    /** The row of the extra register found for the event at an index; -1 if it needs none. */
    int rowOf(int index) {
        return rows[index];
    }

    /** The general-purpose counters that may be used at once. */
    int mostGeneral(PerfEvent[] events, int size) {
        boolean exclusive = share != null && share.isSiblingExclusive(thread);
        for (int i = 0; i < size && share != null && !exclusive; i++) {
            exclusive = (events[i].traits & PerfCore.EXCLUSIVE) != 0;
        }
        return exclusive ? general / 2 : general;
    }

    /** Looks up what the CPU's constraints say of an event, once for each CPU. */
    void learn(PerfEvent event) {
        if (event.placedBy != core) {
            event.placedBy = core;
            event.row = -1;
            event.ownRow = event.attributes().onlyCounter() < 0 ? core.extraRow(event.attributes().config()) : -1;
            event.allowed = allowed(event, event.ownRow);
            event.traits = event.attributes().onlyCounter() < 0 ? core.traits(event.attributes().config(), event.attributes().precise()) : 0;
        }
    }

    /** The counters that may hold an event under a row of its extra register. */
    long allowed(PerfEvent event, int row) {
        EventAttributes attributes = event.attributes();
        CounterGeometry geometry = core.geometry();
        long allowed = geometry.counters() & attributes.counters();
        if (attributes.precise() > 0) {
            allowed &= geometry.precise();
        }
        if (attributes.onlyCounter() >= 0) {
            return allowed & 1L << attributes.onlyCounter();
        }
        long config = attributes.config();
        if (row >= 0) {
            allowed &= core.extraCounters(row);
            config = row == event.ownRow ? config : core.extraConfig(row, config);
        }
        if ((core.traits(config, attributes.precise()) & PerfCore.PAIRED) != 0) {
            allowed &= geometry.counters() >>> 1;
        }
        return allowed & core.allowed(config, attributes.precise());
    }

    /** Finds places for the first {@code size} events; without success what was found before stays. */
    boolean find(PerfEvent[] events, int size, long reserved) {
        if (!canPlace(events, size, reserved, fastPathIsBlind ? 0 : reserved)) {
            return false;
        }
        commit(events, size);
        return true;
    }

    /** Whether there are places, remembered or not, off the reserved counters; {@link #commit} takes them. */
    boolean canPlace(PerfEvent[] events, int size, long reserved) {
        return canPlace(events, size, reserved, reserved);
    }

    private boolean canPlace(PerfEvent[] events, int size, long reserved, long hidden) {
        assignment.clear();
        extraTaken = 0;
        for (int i = 0; i < size; i++) {
            PerfEvent event = events[i];
            long allowed = event.allowed;
            if (event.ownRow >= 0) {
                if (!takeExtra(event)) {
                    return false;
                }
                allowed = event.triedRow == event.ownRow ? allowed : allowed(event, event.triedRow);
            }
            if (share != null) {
                long open = ~share.forbidden(thread, (event.traits & PerfCore.EXCLUSIVE) != 0);
                allowed &= isPaired(event) ? open & open >>> 1 : open;
            }
            allowed &= ~hidden;
            if (allowed == 0) {
                return false;
            }
            assignment.add(allowed, event.traits, event.counter);
        }
        return assignment.reuse(hidden) || assignment.search(reserved, mostGeneral(events, size));
    }

    private static boolean isPaired(PerfEvent event) {
        return (event.traits & PerfCore.PAIRED) != 0;
    }

    /** The first row whose register is free, or has the value already: the one it had, or its own, and then those that are as good. */
    private boolean takeExtra(PerfEvent event) {
        long value = event.attributes().extra();
        int first = event.row >= 0 ? event.row : event.ownRow;
        int row = first;
        do {
            int register = core.extraRegister(row);
            boolean isFree = (extraTaken >>> register & 1) == 0 || extraValues[register] == value;
            if (isFree && (value & ~core.extraValid(row)) == 0
                    && (share == null || !core.isExtraShared(row) || share.mayUse(thread, register, value))) {
                extraTaken |= 1L << register;
                extraValues[register] = value;
                event.triedRow = row;
                return true;
            }
            row = core.nextExtraRow(row);
        } while (row != first);
        return false;
    }

    /** Takes the places that the last {@link #canPlace} found. */
    void commit(PerfEvent[] events, int size) {
        for (int i = 0; i < size; i++) {
            counters[i] = assignment.counterOf(i);
            rows[i] = events[i].ownRow < 0 ? -1 : events[i].triedRow;
        }
        tellSibling(events, size);
    }

    /** The event at an index has been taken away, so that {@code size} are left. */
    void removed(PerfEvent[] events, int index, int size) {
        System.arraycopy(counters, index + 1, counters, index, size - index);
        System.arraycopy(rows, index + 1, rows, index, size - index);
        tellSibling(events, size);
    }

    private void tellSibling(PerfEvent[] events, int size) {
        if (share == null) {
            return;
        }
        share.clear(thread);
        for (int i = 0; i < size; i++) {
            boolean exclusive = (events[i].traits & PerfCore.EXCLUSIVE) != 0;
            share.use(thread, counters[i], exclusive);
            if (isPaired(events[i])) {
                share.use(thread, counters[i] + 1, exclusive);
            }
            if (rows[i] >= 0 && core.isExtraShared(rows[i])) {
                share.use(thread, core.extraRegister(rows[i]), events[i].attributes().extra());
            }
        }
    }
}
