package dev.vpmu.dsl.model.policy;

/**
 * One thing that a guest's write does.
 *
 * @param kind what
 * @param scope to which counters' bits
 * @param unchecked whether it takes any value, as it is
 */
public record WriteEffect(Kind kind, Scope scope, boolean unchecked) {

    /** What a write does. */
    public enum Kind {
        /** The guest's own word, in memory, changes. */
        GUEST,
        /** The hardware's register is written. */
        HARDWARE,
        /** The host event follows. */
        REPROGRAM,
        /** It faults. */
        FAULT,
        /** Nothing. */
        NOTHING
    }

    /** Which part of a register is concerned. */
    public enum Scope {
        /** All of it. */
        ALL,
        /** The bits of counters that the guest owns: {@code & owned}. */
        OWNED_BITS,
        /** Registers, or fields, of counters that the guest owns: {@code while owned}. */
        WHILE_OWNED
    }
}
