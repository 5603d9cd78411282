package dev.vpmu.dsl.rules.policies.leaks;

/** A way in which what belongs to one party gets to another, or nowhere. */
enum Leak {
    /** The hardware holds a guest's part while somebody else can run, read it, or be interrupted by it. */
    GUEST_LEFT("PMU0901"),
    /** The guest can read what is the host's, or it acts while the guest runs. */
    HOST_SHOWN("PMU0914"),
    /** What the guest wrote is lost on the way. */
    GUEST_LOST("PMU0915"),
    /** A write reaches a counter of somebody else. */
    FOREIGN_WRITE("PMU0916"),
    /** A bit acts on the sibling thread, or on more of the processor. */
    BEYOND_THREAD("PMU0917");

    private final String id;

    Leak(String id) {
        this.id = id;
    }

    /** The id of the rule about it. */
    String id() {
        return id;
    }
}
