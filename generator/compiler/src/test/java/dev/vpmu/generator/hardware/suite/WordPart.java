package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.model.WriteRule;

/**
 * Bits of one element of a register.
 *
 * @param register the register, no alias
 * @param index the counter whose element it is; 0 for a single register
 * @param smt whether SMT is on
 * @param mask the bits
 */
public record WordPart(RegisterModel register, int index, boolean smt, long mask) {

    public int address() {
        return (int) register.addressOf(index);
    }

    /** Every bit of the element that a write may set. */
    public long writable() {
        long mask = register.writableMaskOfIndex().get(Math.max(0, register.indexes().indexOf(index)));
        return smt ? mask & ~register.withoutSmtMask() : mask;
    }

    /** The whole element after reset. */
    public long reset() {
        return smt ? register.resetValue() & ~register.withoutSmtMask() : register.resetValue();
    }

    /** Whether an ordinary write can make the bits 1 or 0. */
    public boolean settable() {
        return register.write() instanceof WriteRule.Checked && (mask & ~writable()) == 0;
    }

    /** Whether the bits are 0 once a write has said so, if nothing but writes changes them. */
    public boolean clearable() {
        return (reset() & mask) == 0 || register.write() instanceof WriteRule.Checked checked
                && (checked.reserved() != ReservedBits.KEEP || (reset() & mask & ~writable()) == 0);
    }
}
