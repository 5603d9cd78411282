package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.Objects;

/**
 * The counters that a CPU's perf has given up, to whom, and who is told of their overflows. (domain.md §6.3 patches 1 and 2, §6.5, §6.7.)
 */
final class Reservation {

    private final PerfCore core;
    private final CounterEvents counters;
    private final RunningCounters running;
    private final PerfSystem system;
    private final Yielding usual;
    private Object owner;
    /** What was asked for last. */
    private long mask;
    private PmiCallback callback;

    Reservation(PerfCore core, CounterEvents counters, RunningCounters running) {
        this.core = core;
        this.counters = counters;
        this.running = running;
        this.system = core.system;
        this.usual = Yielding.with(system.pinnedChoice());
    }

    /** The counters that host events must leave alone. As posted it is the word that events which exclude the host use, too. */
    long reserved() {
        return system.is(AsPosted.D5) ? running.guestOnly() : mask;
    }

    private void store(long next) {
        long before = reserved();
        mask = next;
        if (system.is(AsPosted.D5)) {
            running.guestOnly(next);
        }
        if (before == 0 && next != 0) {
            system.activate(1);
        } else if (before != 0 && next == 0) {
            system.activate(-1);
        }
    }

    /** As perf's system has chosen. */
    boolean mask(Object by, long next) {
        return mask(by, next, usual);
    }

    /** Makes {@code next} the counters that are given up; whether they are. */
    boolean mask(Object by, long next, Yielding yielding) {
        check(by, next);
        long before = reserved();
        long added = next & ~before;
        long inConflict = yielding.looks() ? added & (system.is(AsPosted.D1) ? running.hostOnly() : counters.taken()) : 0;
        if (inConflict == 0) {
            store(next);
            if (added != 0 && yielding.clearsEnable() && !system.is(AsPosted.D8)) {
                running.restart();
            }
        } else if (system.is(AsPosted.D2)) {
            core.disable();
            store(next);
            core.enable();
        } else if (!giveWay(next, yielding)) {
            return false;
        }
        if (added != 0 && yielding.clearsStatus() && !system.is(AsPosted.D8)) {
            core.clearStatus(added);
        }
        if (before == 0 && next != 0 && callback != null) {
            // a PMI that came when nobody was left to handle it has masked the entry
            core.lvt.lvtpc(PerfCore.LVTPC_NMI);
        }
        owner = next == 0 ? null : by;
        for (int i = 0; i < counters.size(); i++) {
            look(counters.get(i));
        }
        return true;
    }

    private void check(Object by, long next) {
        Objects.requireNonNull(by, "nobody asks for counters");
        long impossible = next & ~core.geometry().reservable();
        if (impossible != 0) {
            throw new IllegalArgumentException("counters " + Long.toHexString(impossible) + " cannot be reserved; those of "
                    + Long.toHexString(core.geometry().reservable()) + " can");
        }
        if (owner != null && owner != by && !system.is(AsPosted.D25)) {
            throw new IllegalStateException("a reservation has one owner: " + by + " asks for counters " + Long.toHexString(next) + ", but "
                    + owner + " has " + Long.toHexString(mask));
        }
    }

    /** Moves host events off the counters: those that find no other place wait, the flexible ones, or are in error, or refuse it, the pinned ones. */
    private boolean giveWay(long next, Yielding yielding) {
        if (!yielding.moves()) {
            return false;
        }
        core.disable();
        boolean isPossible = core.contexts.fit(next, yielding);
        if (isPossible) {
            store(next);
            core.contexts.fillUp();
            counters.settle();
        }
        core.enable();
        return isPossible;
    }

    /** Tells of an event that runs on a counter which is not the host's. */
    void look(PerfEvent event) {
        if (event.state() == State.ACTIVE && !event.stopped && (mask & RunningCounters.counters(event, event.counter)) != 0) {
            core.observer.collided(event, event.counter);
        }
    }

    void register(PmiCallback next) {
        callback = next;
        core.lvt.lvtpc(PerfCore.LVTPC_NMI);
    }

    void unregister() {
        callback = null;
    }

    int callBack(long overflows) {
        if (callback != null) {
            callback.overflowed(overflows);
        } else if (system.is(AsPosted.D14)) {
            throw new IllegalStateException("counters " + Long.toHexString(overflows) + " overflowed, and the callback that is called is null");
        }
        return 1;
    }
}
