package dev.vpmu.dsl.model;

/** Where software reads a capability. */
public sealed interface EnumeratedAt {

    /** Bits of a CPUID leaf. */
    record LeafBits(int leaf, int subleaf, CpuidRegister register, BitRange bits) implements EnumeratedAt {
    }

    /** A field of a register. */
    record RegisterField(String register, String field) implements EnumeratedAt {
    }
}
