package dev.vpmu.runtime.perf;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An event that has been opened: what it has counted, for how long, and where it is. {@link PerfCore} opens, enables and closes events.
 * (domain.md §4.1.)
 */
public final class PerfEvent {

    /** Where an event stands. */
    public enum State {
        /** Pinned, and there was no place for it: it stays silent until it is enabled again. */
        ERROR,
        /** Not enabled. */
        OFF,
        /** Enabled, and not on the PMU. */
        INACTIVE,
        /** On the PMU. */
        ACTIVE
    }

    private final EventAttributes attributes;
    private final OverflowHandler handler;
    final ArrayList<PerfEvent> siblings = new ArrayList<>();
    EventContext context;
    PerfEvent leader;

    private State state = State.OFF;
    boolean isClosed;
    private long timeEnabled;
    private long timeRunning;
    private long timeStamp;

    /** What its counter is, or was the last time; Linux's hint. */
    int counter = -1;
    /** Where it was, and which use of the counter it was. */
    PerfCore lastCore;
    int lastUse;
    /** Whether the hardware has been programmed with it since it was accepted. */
    boolean isSeen;
    /** Whether it does not count although it is on the PMU. */
    boolean stopped = true;
    /** Whether {@link #count} has all that the counter holds. */
    boolean folded = true;
    /** Whether it stays stopped when its counter changes. */
    boolean keepStopped;
    long count;
    long before;
    long periodLeft;
    long samplePeriod;
    long lastPeriod;
    long samples;
    /** Samples in the current tick; {@link PeriodKeeper#THROTTLED} if stopped for too many. */
    int interrupts;
    long interruptsTick;
    long frequencyNanos;
    long frequencyCount;
    /** What its CPU's constraints say of it, and the CPU they are of. */
    PerfCore placedBy;
    long allowed;
    int traits;
    int ownRow = -1;
    int row = -1;
    int triedRow = -1;

    PerfEvent(EventAttributes attributes, OverflowHandler handler, EventContext context, PerfEvent leader) {
        this.attributes = attributes;
        this.handler = handler;
        this.context = context;
        this.leader = leader == null ? this : leader;
        samplePeriod = attributes.sampleFrequency() != 0 ? 1 : attributes.samplePeriod();
        lastPeriod = samplePeriod;
        periodLeft = samplePeriod;
        timeStamp = context.time();
    }

    /** What messages call it. */
    public String name() {
        return attributes.name();
    }

    /** What was asked for. */
    public EventAttributes attributes() {
        return attributes;
    }

    OverflowHandler handler() {
        return handler;
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** The task or CPU it belongs to. */
    public EventContext context() {
        return context;
    }

    /** The leader of its group; itself if it leads. */
    public PerfEvent leader() {
        return leader;
    }

    /** The others of the group that it leads. */
    public List<PerfEvent> siblings() {
        return Collections.unmodifiableList(siblings);
    }

    /** The global index of the counter it is on; -1 if it is on none. */
    public int counter() {
        return state == State.ACTIVE ? counter : -1;
    }

    /** What it has counted, as far as anybody has looked; {@link #read()} looks. */
    public long count() {
        return count;
    }

    /** What it has counted. */
    public long read() {
        if (state == State.ACTIVE) {
            context.core.running.fold(this);
        }
        return count;
    }

    /** For how long it has been enabled while its task ran, in nanoseconds. */
    public long timeEnabled() {
        updateTime();
        return timeEnabled;
    }

    /** For how long it has been on the PMU, in nanoseconds. */
    public long timeRunning() {
        updateTime();
        return timeRunning;
    }

    /** {@link #read()}, as if it had been on the PMU all the time it was enabled: × enabled / running, rounded down; 0 if it never was. */
    public long scaled() {
        long raw = read();
        updateTime();
        return timeRunning == 0 ? 0 : timeRunning == timeEnabled ? raw
                : BigInteger.valueOf(raw).multiply(BigInteger.valueOf(timeEnabled)).divide(BigInteger.valueOf(timeRunning)).longValue();
    }

    /** How many samples it has taken. */
    public long samples() {
        return samples;
    }

    /** After how many occurrences the next sample is due, of those it began with; 0 if it takes none. */
    public long samplePeriod() {
        return samplePeriod;
    }

    /** Whether it stopped for too many samples in a tick. */
    public boolean isThrottled() {
        return interrupts == PeriodKeeper.THROTTLED;
    }

    boolean isLeader() {
        return leader == this;
    }

    void state(State next) {
        updateTime();
        if (isLeader() && (state.compareTo(State.INACTIVE) < 0) != (next.compareTo(State.INACTIVE) < 0)) {
            siblings.forEach(PerfEvent::updateTime);
        }
        state = next;
    }

    void updateTime() {
        long now = context.time();
        long passed = now - timeStamp;
        timeStamp = now;
        State effective = leader.state.compareTo(State.OFF) <= 0 ? leader.state : state;
        if (effective.compareTo(State.INACTIVE) >= 0) {
            timeEnabled += passed;
        }
        if (effective == State.ACTIVE) {
            timeRunning += passed;
        }
    }

    @Override
    public String toString() {
        return name() + " (" + state + (state == State.ACTIVE ? " on " + counter : "") + ")";
    }
}
