package dev.vpmu.runtime.perf;

/** An event that has been opened. */
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
}
