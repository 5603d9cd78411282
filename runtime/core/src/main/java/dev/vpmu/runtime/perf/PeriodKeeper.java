package dev.vpmu.runtime.perf;

/** Periods: what a counter begins with, what it has counted since, when a sample is due, and when there are too many. (domain.md §4.6, §4.7.) */
final class PeriodKeeper {

    /** {@link PerfEvent#interrupts} of an event that was stopped for too many samples. */
    static final int THROTTLED = Integer.MAX_VALUE;

    /** A period of 1 makes some CPUs trip over the value -1. */
    private static final long LEAST = 2;
    private static final long NANOS_A_SECOND = 1_000_000_000;
    /** How fast a period follows: an eighth of the distance. */
    private static final int DAMPING = 8;

    private final PerfCore core;
    private long tick;
    private long tickAt;

    PeriodKeeper(PerfCore core) {
        this.core = core;
        this.tickAt = core.nanos();
    }

    /** Gives the counter what is left of the period; whether a period was over. */
    boolean reload(PerfEvent event) {
        int counter = event.counter;
        long longest = core.longestPeriod(counter);
        // what a checkpointed counter has counted can go back, so its difference is signed and needs room on both sides
        long left = core.isCheckpointed(event.attributes()) ? longest >>> 1 : longest;
        boolean isOver = false;
        if (event.samplePeriod != 0) {
            left = event.periodLeft;
            if (left <= -event.samplePeriod) {
                left = event.samplePeriod;
                event.lastPeriod = left;
                isOver = true;
            } else if (left <= 0) {
                left += event.samplePeriod;
                event.lastPeriod = event.samplePeriod;
                isOver = true;
            }
            event.periodLeft = left;
        }
        left = Math.min(longest, allowed(event.attributes(), Math.min(longest, Math.max(LEAST, left))));
        long mask = -1L >>> Long.SIZE - core.width(counter);
        event.before = -left & mask;
        core.write(counter, event.before);
        if ((event.traits & PerfCore.PAIRED) != 0) {
            core.write(counter + 1, 0);
        }
        return isOver;
    }

    /** The nearest period that the CPU takes: at least the smallest, with zeros where it wants them. */
    long allowed(EventAttributes attributes, long period) {
        if (attributes.onlyCounter() >= 0) {
            return period;
        }
        long zeros = core.zeroBitsOfPeriod(attributes.config(), attributes.precise());
        return Math.max(period, core.leastPeriod(attributes.config(), attributes.precise()) + zeros) & ~zeros;
    }

    /** Adds what has been counted since the last time. A guest's read can be interrupted by a PMI whose handler folds, too. */
    void fold(PerfEvent event) {
        long before;
        long now;
        do {
            before = event.before;
            now = core.read(event.counter);
        } while (before != event.before);
        int shift = Long.SIZE - core.width(event.counter);
        long ahead = now - event.before << shift;
        long delta = core.isCheckpointed(event.attributes()) ? ahead >> shift : ahead >>> shift;
        event.before = now;
        event.count += delta;
        event.periodLeft -= delta;
    }

    /** An overflow of an event: takes a sample if one is due. Whether the event must stop. */
    boolean overflowed(PerfEvent event) {
        fold(event);
        if (!reload(event) || !event.attributes().isSampling()) {
            return false;
        }
        boolean isTooMany = account(event);
        event.samples++;
        event.handler().overflowed(event, event.lastPeriod);
        // the handler may have stopped it, or begun anew with it
        boolean stops = isTooMany && event.interrupts == THROTTLED && !event.stopped;
        if (stops) {
            core.observer.throttled(event);
        }
        return stops;
    }

    private boolean account(PerfEvent event) {
        boolean isTooMany = false;
        if (event.interruptsTick != tick) {
            event.interruptsTick = tick;
            event.interrupts = 1;
        } else if (event.interrupts != THROTTLED && ++event.interrupts > core.system.samplesPerTick()) {
            event.interrupts = THROTTLED;
            isTooMany = true;
        }
        if (event.attributes().sampleFrequency() != 0) {
            long now = core.nanos();
            long passed = now - event.frequencyNanos;
            event.frequencyNanos = now;
            if (passed > 0 && passed < 2 * core.system.tickNanos()) {
                follow(event, passed, event.lastPeriod, true);
            }
        }
        return isTooMany;
    }

    /** Moves the period of an event with a frequency towards the one at which {@code count} occurrences in so many nanoseconds give it. */
    private void follow(PerfEvent event, long nanos, long count, boolean isOff) {
        double period = (double) count * NANOS_A_SECOND / ((double) nanos * event.attributes().sampleFrequency());
        long difference = (long) period - event.samplePeriod;
        difference = (difference >= 0 ? difference + DAMPING - 1 : difference - DAMPING + 1) / DAMPING;
        event.samplePeriod = Math.max(allowed(event.attributes(), 1), event.samplePeriod + difference);
        if (event.periodLeft > DAMPING * event.samplePeriod) {
            event.periodLeft = 0;
            if (isOff) {
                reload(event);
            }
        }
    }

    /** The scheduler's tick: events that stopped for too many samples go on, periods follow frequencies. */
    void tick(CounterEvents events, RunningCounters running) {
        tick++;
        long now = core.nanos();
        long passed = now - tickAt;
        tickAt = now;
        for (int i = 0; i < events.size(); i++) {
            tick(events.get(i), running, passed);
        }
    }

    private void tick(PerfEvent event, RunningCounters running, long nanos) {
        if (!event.isSeen) {
            return;
        }
        if (event.interrupts == THROTTLED) {
            unthrottle(event);
            running.start(event, false);
        }
        if (event.attributes().sampleFrequency() != 0 && nanos > 0) {
            running.stop(event, true);
            long counted = event.count - event.frequencyCount;
            event.frequencyCount = event.count;
            if (counted > 0) {
                follow(event, nanos, counted, false);
            }
            running.start(event, counted > 0);
        }
    }

    /** Lets an event that was stopped for too many samples go on when it is started. */
    void unthrottle(PerfEvent event) {
        if (event.interrupts == THROTTLED) {
            event.interrupts = 0;
            core.observer.unthrottled(event);
        }
    }

    /** Sets a new period, which begins now. */
    void begin(PerfEvent event, long period) {
        event.samplePeriod = period;
        event.periodLeft = 0;
    }
}
