package dev.vpmu.dsl.model;

/** When a PMI's handler unmasks the local APIC's entry. */
public enum Acknowledge {
    /** First, before it reads the status. */
    EARLY,
    /** After the status is acknowledged and before the counters run again. */
    MIDDLE,
    /** Last, when the counters run again. */
    LATE
}
