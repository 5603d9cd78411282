package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * perf on one logical CPU: events of a CPU and of the task it runs, put on the counters as Linux does. A class for each {@code cpu} of a
 * {@code .pmu} file extends it; here is what is the same for all. It knows the PMU as registers only: a host's perf runs on hardware, a
 * guest's on what its hypervisor shows.
 *
 * <p>Confined to its CPU's thread.
 */
public abstract class PerfCore extends CounterDriver {

    final PerfSystem system;
    final PeriodKeeper periods;
    final RunningCounters running;
    final ContextScheduler contexts;
    final Reservation reservation;
    PerfObserver observer = PerfObserver.NONE;
    private final LongSupplier nanos;
    private final CounterGeometry geometry;
    private final PlaceFinder places;
    private final CounterEvents counters;
    private final GroupCheck check;
    private final EventLifecycle events;
    private SiblingShare share;
    private PerfEvent watchdog;

    /**
     * perf of a CPU whose PMU is as after reset.
     *
     * @param system the operating system it belongs to
     * @param registers the PMU
     * @param lvt where its interrupt goes through
     * @param nanos the time in nanoseconds, which never goes back
     * @param geometry which counters there are
     */
    protected PerfCore(PerfSystem system, PmuRegisters registers, LvtEntry lvt, LongSupplier nanos, CounterGeometry geometry) {
        super(registers, lvt);
        this.system = system;
        this.nanos = nanos;
        this.geometry = geometry;
        places = new PlaceFinder(this);
        periods = new PeriodKeeper(this);
        running = new RunningCounters(this, periods);
        counters = new CounterEvents(this, places, running);
        contexts = new ContextScheduler(this, counters, places);
        reservation = new Reservation(this, counters, running);
        check = new GroupCheck(this);
        events = new EventLifecycle(this, check);
    }

    /* ------------------------------------------------------------- events */

    /** The CPU's own events. */
    public final EventContext cpuContext() {
        return contexts.cpu();
    }

    /**
     * Opens an event that leads a group, and enables it unless it is to wait.
     *
     * @param context the CPU's or a task's
     * @param handler who hears of samples
     * @throws UnschedulableException if no counter can hold it
     * @throws IllegalArgumentException if the CPU cannot do what it asks for
     */
    public final PerfEvent open(EventContext context, EventAttributes attributes, OverflowHandler handler) {
        return events.open(context, attributes, handler);
    }

    /**
     * Opens an event that joins a group: it is on the PMU together with the others, or not at all.
     *
     * @param leader the group's leader
     * @param handler who hears of samples
     * @throws UnschedulableException if the group can never be on the PMU with it
     * @throws IllegalArgumentException if the CPU cannot do what it asks for, or if it asks for what only a leader can
     */
    public final PerfEvent open(PerfEvent leader, EventAttributes attributes, OverflowHandler handler) {
        return events.open(leader, attributes, handler);
    }

    /** Closes an event; it keeps its count. The members of a group that loses its leader go on, each for itself. */
    public final void close(PerfEvent event) {
        events.close(event);
    }

    /** Enables an event; one in error gets another chance. It waits as long as its task does not run. */
    public final void enable(PerfEvent event) {
        events.enable(event);
    }

    /** Disables an event, and with a leader its group; counts stay. */
    public final void disable(PerfEvent event) {
        events.disable(event);
    }

    /**
     * Gives a sampling event another period, which begins now; one that stopped for too many samples goes on with it.
     *
     * @throws IllegalArgumentException if the CPU does not take it, or if the event has no period of its own; the old one stays
     */
    public final void setPeriod(PerfEvent event, long period) {
        events.setPeriod(event, period);
    }

    /** Whether events could be on an empty PMU together, and if not, why. */
    public final GroupVerdict verdict(List<EventAttributes> together) {
        return check.verdict(together);
    }

    /* ------------------------------------------------------------- the CPU */

    /** The CPU begins to run a task. */
    public final void scheduleIn(EventContext task) {
        if (!task.isTask() || task.core != null || contexts.task() != null) {
            throw new IllegalStateException("a CPU runs one task, and a task runs on one CPU: " + task
                    + (task.core != null ? " is on a CPU already" : " cannot follow " + contexts.task()));
        }
        contexts.in(task);
    }

    /** The CPU's task stops. */
    public final void scheduleOut() {
        if (contexts.task() != null) {
            contexts.out();
        }
    }

    /** The multiplexing timer: waiting groups get their turn. */
    public final void rotate() {
        contexts.rotate();
    }

    /** The scheduler's tick: events that stopped for too many samples go on, periods follow frequencies. */
    public final void tick() {
        periods.tick(counters, running);
    }

    /**
     * The NMI handler.
     *
     * @return how many causes it handled; 0 if the NMI is not the PMU's
     */
    public final int nmi() {
        if (system.activeEvents() == 0) {
            return 0;
        }
        boolean enabled = counters.suspend();
        int handled = handlePmi(enabled);
        counters.resume(enabled);
        return handled;
    }

    /** Stops the PMU; nests. */
    public final void disable() {
        counters.disable();
    }

    /** Starts the PMU again, with all that has been accepted meanwhile, once it has been enabled as often as disabled. */
    public final void enable() {
        counters.enable();
    }

    /** Switches the NMI watchdog: a pinned event of the CPU that counts cycles wherever they are spent. Returns it; null if it is off. */
    public final PerfEvent watchdog(boolean on) {
        if (on && watchdog == null) {
            EventAttributes.Builder cycles = cycles();
            if (cycles == null) {
                throw new IllegalStateException("the NMI watchdog counts cycles, and the CPU has no such event");
            }
            watchdog = open(cpuContext(), cycles.pinned().period(system.watchdogCycles()).build(), OverflowHandler.NONE);
        } else if (!on && watchdog != null) {
            close(watchdog);
            watchdog = null;
        }
        return watchdog;
    }

    /** Makes two CPUs the threads of one core, which look at each other where an erratum or a shared register wants it; before they have events. */
    public static void pair(PerfCore first, PerfCore second) {
        if (first == second || first.getClass() != second.getClass() || first.share != null || second.share != null
                || first.counters.size() + second.counters.size() != 0) {
            throw new IllegalStateException("siblings are two CPUs of one kind, without a sibling or an event yet");
        }
        SiblingShare share = new SiblingShare(first.extraRegisters());
        first.share = share;
        second.share = share;
        first.places.share(share, 0);
        second.places.share(share, 1);
    }

    /** Somebody hears of what happens to events, beside those who do already. */
    public final void observe(PerfObserver next) {
        observer = observer == PerfObserver.NONE ? next : new PerfObservers(observer, next);
    }

    /** What the model calls a counter: {@code gp[2]}. */
    public final String nameOf(int counter) {
        return name(counter);
    }

    /** The counters that run an event, a global mask. */
    public final long activeCounters() {
        return running.active();
    }

    /** Which counters there are. */
    public final CounterGeometry geometry() {
        return geometry;
    }

    /* ------------------------------------------------------------- guest mode */

    /**
     * The CPU enters guest mode: what excludes guests stops, what excludes the host starts. (domain.md §4.8.)
     *
     * @param globally by the global enable registers, too; otherwise by selectors only, where there is no such register
     */
    public final void enterGuest(boolean globally) {
        running.switchMode(true, globally);
    }

    /** The CPU leaves guest mode: the other way round. */
    public final void leaveGuest(boolean globally) {
        running.switchMode(false, globally);
    }

    /** The counters that its events have enabled outside guest mode, a global mask; none while the PMU is disabled. */
    public final long enabledOutsideGuest() {
        return running.isEnabled() ? enabledInHost() : 0;
    }

    /** The counters that write precise records for its events outside guest mode; none while the PMU is disabled. */
    public final long preciseOutsideGuest() {
        return running.isEnabled() ? running.precise() : 0;
    }

    /** The counters that run events which exclude the host, a global mask. */
    public final long guestOnly() {
        return running.guestOnly();
    }

    /** The counters that run events which exclude guests, a global mask. */
    public final long hostOnly() {
        return running.hostOnly();
    }

    /* ------------------------------------------------------------- reservations */

    /**
     * Gives counters up, all that are in the mask and no others; an empty mask takes everything back. Host events on a counter that is
     * newly given up go on elsewhere with their counts; flexible ones without a place wait for their turn; pinned ones
     * {@linkplain PerfSystem#pinnedChoice() as chosen}. (domain.md §6.3 patch 1.)
     *
     * @param owner for whom; the same until it gives the last one back
     * @param mask the counters
     * @return false if they are refused for the sake of a pinned event; then nothing has changed
     * @throws IllegalArgumentException if a counter is among them that cannot be given up
     * @throws IllegalStateException if somebody else has counters
     */
    public final boolean mask(Object owner, long mask) {
        return reservation.mask(owner, mask);
    }

    /** As {@link #mask(Object, long)}, and {@code yielding} says how host events give way. */
    public final boolean mask(Object owner, long mask, Yielding yielding) {
        return reservation.mask(owner, mask, yielding);
    }

    /** The counters that are given up. */
    public final long reservedCounters() {
        return reservation.reserved();
    }

    /** From now on tells {@code callback} of overflows of counters that are given up; unmasks LVTPC. (domain.md §6.3 patch 2.) */
    public final void register(PmiCallback callback) {
        reservation.register(callback);
    }

    /** From now on tells nobody. */
    public final void unregister() {
        reservation.unregister();
    }

    /**
     * Assigns counters to events of another PMU by the same algorithm, as Linux's uncore drivers do.
     *
     * @param allowed for each event the counters it may have
     * @return the counters; null if there are none
     */
    public final int[] assign(long... allowed) {
        return check.assign(allowed);
    }

    /* ------------------------------------------------------------- for the parts */

    final long nanos() {
        return nanos.getAsLong();
    }

    final boolean isCheckpointed(EventAttributes attributes) {
        return attributes.onlyCounter() < 0 && (attributes.config() & geometry.checkpointed()) != 0;
    }

    /* ------------------------------------------------------------- what generated code calls */

    /** The counters that are given up, a global mask. */
    protected final long reserved() {
        return reservation.reserved();
    }

    /** The counters to enable outside guest mode. */
    protected final long enabledInHost() {
        return geometry.counters() & ~running.guestOnly() & ~reservation.reserved();
    }

    /** The counters to write precise records on. */
    protected final long preciseCounters() {
        return running.precise();
    }

    /** The counters whose events must be looked at on every PMI, because aborted transactions are taken back from them. */
    protected final long checkpointed() {
        return running.checkpointed();
    }

    /** Of counters without a status bit, those that run and have wrapped: their highest bit is clear. */
    protected final long wrapped(long among) {
        return running.wrapped(among);
    }

    /** Hands overflows of counters that are given up over; at least one. Returns how many causes that handled. */
    protected final int callBack(long overflows) {
        return reservation.callBack(overflows);
    }

    /** Folds, reloads and samples the events on counters that overflowed; those without an event are passed over. Returns how many there were. */
    protected final int sample(long overflows) {
        return running.sample(overflows);
    }

    /** Something that is no counter's overflow. Returns how many causes that handled. */
    protected final int report(StatusCause cause) {
        observer.reported(cause);
        return 1;
    }
}
