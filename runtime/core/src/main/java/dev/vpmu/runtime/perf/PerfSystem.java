package dev.vpmu.runtime.perf;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One operating system's perf, as far as it is not of one CPU: what its CPUs share, and how it is set up. Set it up before its CPUs run;
 * what they change afterwards is atomic.
 */
public final class PerfSystem {

    /** Linux's 100,000 samples a second at 250 ticks a second. */
    private static final int SAMPLES_PER_TICK = 400;
    private static final long TICK_NANOS = 4_000_000;
    /** Ten seconds at 2.2 GHz. */
    private static final long WATCHDOG_CYCLES = 22_000_000_000L;

    private final PinnedChoice choice;
    private final Set<AsPosted> posted;
    private final AtomicInteger activeEvents = new AtomicInteger();
    private int samplesPerTick = SAMPLES_PER_TICK;
    private long tickNanos = TICK_NANOS;
    private long watchdogCycles = WATCHDOG_CYCLES;

    /** Guests get the counters they reserve, and nothing is as posted. */
    public PerfSystem() {
        this(PinnedChoice.EVICT_TO_ERROR, Set.of());
    }

    /**
     * A perf.
     *
     * @param choice what happens if a reservation leaves a pinned event without a place
     * @param posted the mistakes that it makes
     */
    public PerfSystem(PinnedChoice choice, Set<AsPosted> posted) {
        this.choice = choice;
        this.posted = posted.isEmpty() ? EnumSet.noneOf(AsPosted.class) : EnumSet.copyOf(posted);
    }

    /** What happens if a reservation leaves a pinned event without a place. */
    public PinnedChoice pinnedChoice() {
        return choice;
    }

    /** Whether it makes a mistake. */
    public boolean is(AsPosted mistake) {
        return posted.contains(mistake);
    }

    /**
     * How many reasons there are, on all CPUs, to look at NMIs: events that are open, and CPUs with a reservation. With 0 no CPU's
     * handler does anything.
     */
    public int activeEvents() {
        return activeEvents.get();
    }

    void activate(int more) {
        activeEvents.addAndGet(more);
    }

    /** How many samples an event may take between two ticks; with one more it stops until the next. */
    public int samplesPerTick() {
        return samplesPerTick;
    }

    /** Sets {@link #samplesPerTick()}; 1 and more. */
    public void samplesPerTick(int most) {
        samplesPerTick = atLeastOne(most, "samples in a tick");
    }

    /** How far apart ticks are, in nanoseconds. */
    public long tickNanos() {
        return tickNanos;
    }

    /** Sets {@link #tickNanos()}; 1 and more. */
    public void tickNanos(long nanos) {
        tickNanos = atLeastOne(nanos, "nanoseconds between ticks");
    }

    /** The period of the NMI watchdog, in cycles. */
    public long watchdogCycles() {
        return watchdogCycles;
    }

    /** Sets {@link #watchdogCycles()}, for watchdogs that are switched on afterwards; 1 and more. */
    public void watchdogCycles(long cycles) {
        watchdogCycles = atLeastOne(cycles, "cycles of the watchdog");
    }

    private static int atLeastOne(int value, String what) {
        return (int) atLeastOne((long) value, what);
    }

    private static long atLeastOne(long value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException(value + " " + what + "; 1 is the least");
        }
        return value;
    }
}
