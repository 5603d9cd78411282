package dev.vpmu.dsl.model.policy;

/** What is done with a host event on a counter that a guest takes. */
public enum ConflictAnswer {
    /** It goes on on another counter. */
    MOVE,
    /** A flexible one waits for its turn. */
    ROTATE,
    /** A pinned one goes to its error state. */
    EVICT,
    /** The guest does not get the counter. */
    REFUSE,
    /** Nobody looks: both program one counter. */
    OVERLOOK
}
