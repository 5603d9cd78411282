package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.perf.PerfEvent.State;

/**
 * The counters that run, each for an event: how a counter is programmed for one, started and stopped, and what the registers that start and
 * stop many are told, inside and outside guest mode. (domain.md §4.5, §4.8.)
 */
final class RunningCounters {

    private final PerfCore core;
    private final PeriodKeeper periods;
    private final PerfEvent[] onCounter = new PerfEvent[Long.SIZE];
    private boolean enabled = true;
    private boolean inGuest;
    /** Whether an event has been started that is not programmed until all are enabled. */
    private boolean postponed;

    /** The counters that run. */
    private long active;
    /** Of these, the ones whose event excludes the host, and those whose event excludes guests. */
    private long guestOnly;
    private long hostOnly;
    private long precise;
    private long checkpointed;

    RunningCounters(PerfCore core, PeriodKeeper periods) {
        this.core = core;
        this.periods = periods;
    }

    long active() {
        return active;
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

    /** What an event takes on a counter: that one, and of a pair the next. */
    static long counters(PerfEvent event, int counter) {
        return ((event.traits & PerfCore.PAIRED) == 0 ? 1L : 3L) << counter;
    }

    /* ------------------------------------------------------------- all together */

    /** Whether the PMU is enabled. */
    boolean isEnabled() {
        return enabled;
    }

    /** Stops everything. */
    void disable() {
        enabled = false;
        core.disableAll(precise);
        stopUngated();
    }

    /** Starts everything. */
    void enable() {
        enabled = true;
        startAll();
    }

    /** Writes the global enable registers anew, if the PMU is enabled. */
    void restart() {
        if (enabled) {
            startAll();
        }
    }

    /** For the NMI handler, which disables for itself; whether the PMU was enabled. */
    boolean suspend() {
        boolean was = enabled;
        enabled = false;
        return was;
    }

    /** For the NMI handler, which has enabled for itself. */
    void resume(boolean was) {
        enabled = was;
    }

    /** Whether an event waits for all to be enabled. */
    boolean isPostponed() {
        return postponed;
    }

    /** The CPU has entered or left guest mode. */
    void switchMode(boolean guest, boolean globally) {
        inGuest = guest;
        if (enabled && (guestOnly | hostOnly | precise) != 0) {
            stopUngated();
            if (globally) {
                startAll();
            } else {
                startUngated();
            }
        }
    }

    private void startAll() {
        postponed = false;
        core.enableAll(enabledNow(), inGuest ? 0 : precise);
        startUngated();
    }

    /** The counters to enable in the mode that the CPU is in. */
    private long enabledNow() {
        return inGuest ? core.geometry().counters() & ~hostOnly & ~core.reserved() : core.enabledInHost();
    }

    private void startUngated() {
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
        core.reservation.look(event);
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

    private boolean isGated(PerfEvent event) {
        return (core.geometry().gated() >>> event.counter & 1) != 0;
    }

    /** Whether an event counts in the mode that the CPU is in; where no register for many holds its counter back, its selector has to. */
    private boolean countsNow(PerfEvent event) {
        return !(inGuest ? event.attributes().excludesGuest() : event.attributes().excludesHost());
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

    /* ------------------------------------------------------------- overflows */

    /** Of counters without a status bit, those that run and have wrapped: their highest bit is clear. */
    long wrapped(long among) {
        long wrapped = 0;
        for (long rest = among & active; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (core.read(counter) >>> core.width(counter) - 1 == 0) {
                wrapped |= rest & -rest;
            }
        }
        return wrapped;
    }

    /** Folds, reloads and samples the events on counters that overflowed; those without an event are passed over. Returns how many there were. */
    int sample(long overflows) {
        int handled = 0;
        for (long rest = overflows & active; rest != 0; rest &= rest - 1) {
            PerfEvent event = onCounter[Long.numberOfTrailingZeros(rest)];
            // the handler of one before may have taken it off
            if (event != null) {
                handled++;
                if (periods.overflowed(event)) {
                    stop(event, false);
                }
            }
        }
        return handled;
    }
}
