package dev.vpmu.dsl.model.policy;

/** For how long a guest owns a counter of the host. */
public enum Ownership {
    /** Never. */
    NONE,
    /** Each while the guest has it enabled for itself. */
    WHILE_LOCALLY_ENABLED,
    /** Each while its enable field is set or, where it has none, while any of its control bits is. */
    WHILE_PROGRAMMED,
    /** All that are taken, until they are returned. */
    WHILE_LOADED
}
