package dev.vpmu.dsl.model.policy;

/** The value of a register, as a policy puts it together. */
public sealed interface MaskExpression {

    /** What a value is taken from. */
    enum Operand {
        /** The guest's own word, kept in memory. */
        GUEST,
        /** The host's own value. */
        HOST,
        /** What the register holds. */
        HARDWARE,
        /** The bits of the counters that the guest owns. */
        OWNED,
        /** The guest's own word and what its host event has counted since. */
        EVENTS,
        /** The bits of all counters. */
        ALL,
        /** The bits of counters whose events exclude the host. */
        GUEST_ONLY,
        /** The bits of counters whose events exclude guests. */
        HOST_ONLY
    }

    /** A value as it is. */
    record Of(Operand operand) implements MaskExpression {
    }

    /** A number. */
    record Literal(long bits) implements MaskExpression {
    }

    /** The bits that both have. */
    record And(MaskExpression left, MaskExpression right) implements MaskExpression {
    }

    /** The bits that one of them has. */
    record Or(MaskExpression left, MaskExpression right) implements MaskExpression {
    }

    /** The bits that it does not have. */
    record Not(MaskExpression operand) implements MaskExpression {
    }

    /** Whether an operand is in it. */
    default boolean mentions(Operand wanted) {
        if (this instanceof Of of) {
            return of.operand() == wanted;
        } else if (this instanceof And and) {
            return and.left().mentions(wanted) || and.right().mentions(wanted);
        } else if (this instanceof Or or) {
            return or.left().mentions(wanted) || or.right().mentions(wanted);
        }
        return this instanceof Not not && not.operand().mentions(wanted);
    }
}
