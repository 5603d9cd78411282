package dev.vpmu.dsl.model;

/** What a read of a register gives. */
public sealed interface ReadRule {

    /** What is stored. */
    record Stored() implements ReadRule {
    }

    /** Always the same value. */
    record Constant(long value) implements ReadRule {
    }
}
