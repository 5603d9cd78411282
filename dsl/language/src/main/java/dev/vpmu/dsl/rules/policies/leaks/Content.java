package dev.vpmu.dsl.rules.policies.leaks;

/** What a piece of a register, or of the guest's copy in memory, holds: not the number, but whose it is. */
enum Content {
    /** Nothing. */
    ZERO,
    /** A number of the policy's own, such as the bits of all counters. */
    ONE,
    /** What the host put there. */
    HOST,
    /** What the guest put there last. */
    GUEST,
    /** What the guest had put there before, and has replaced since. */
    OLD;

    /** Whether a guest put it there. */
    boolean ofGuest() {
        return this == GUEST || this == OLD;
    }

    /** The content of two words' common bits. */
    Content and(Content other) {
        if (this == ZERO || other == ZERO) {
            return ZERO;
        }
        return this == ONE ? other : other == ONE || ofGuest() ? this : other;
    }

    /** The content of two words' bits together; the party shows that the other cannot switch off. */
    Content or(Content other) {
        if (this == ZERO || this == other) {
            return other;
        }
        if (other == ZERO) {
            return this;
        }
        return this == HOST || other == HOST ? HOST : this == ONE || other == ONE ? ONE : OLD;
    }

    /** The content of the bits that a word does not have. */
    Content not() {
        return this == ZERO ? ONE : ZERO;
    }
}
