package dev.vpmu.dsl.model;

/** What a guest's write to a register does. */
public sealed interface WriteRule {

    /** Stores the bits that may be set; for the others, as the layout says. */
    record Checked(ReservedBits reserved) implements WriteRule {
    }

    /** Stores the low {@code bits} bits, sign-extended to the counter's width; never faults. */
    record SignExtend(int bits) implements WriteRule {
    }

    /** Stores the low bits, as many as the counter is wide; never faults. */
    record Truncate() implements WriteRule {
    }

    /** Stores the value; faults if it has bits beyond the counter's width. */
    record FaultBeyondWidth() implements WriteRule {
    }

    /** Stores the value; faults unless it is a canonical address. */
    record FaultUnlessCanonical() implements WriteRule {
    }

    /** Stores nothing, without a fault. */
    record Ignored() implements WriteRule {
    }

    /** Faults. */
    record Fault() implements WriteRule {
    }

    /** Clears the target's bits that are written as 1; faults on bits that the target does not have. */
    record ClearBits(String target) implements WriteRule {
    }

    /** Sets the target's bits that are written as 1; faults on bits that the target does not have. */
    record SetBits(String target) implements WriteRule {
    }
}
