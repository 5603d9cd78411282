package dev.vpmu.dsl.model;

/** What else can be said of an event. */
public enum EventFlag {
    /** It must be the only one that is sampled. */
    ALONE,
    /** Its precise records hold data addresses. */
    ADDRESSES,
    /** It counts work that is thrown away later, too. */
    SPECULATIVE,
    /** The vendor keeps it for old users only. */
    DEPRECATED
}
