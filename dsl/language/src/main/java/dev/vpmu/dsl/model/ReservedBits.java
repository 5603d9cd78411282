package dev.vpmu.dsl.model;

/** What a write to reserved bits does. */
public enum ReservedBits {
    /** A write that sets one faults. */
    FAULT,
    /** They stay 0 whatever is written. */
    IGNORE,
    /** They keep what they had. */
    KEEP
}
