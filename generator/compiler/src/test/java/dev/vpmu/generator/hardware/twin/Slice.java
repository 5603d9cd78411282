package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.FieldModel;

/**
 * Where some bits of a role's value stand in a register.
 *
 * @param mask the bits in place
 * @param low the lowest of them
 * @param roleLow which bit of the value the lowest is
 */
record Slice(long mask, int low, int roleLow) {

    /** The field's bits for counter {@code index} of its array's bank. */
    static Slice of(FieldModel field, int index) {
        return new Slice(field.maskOf(index), field.lowOf(index), field.roleLow());
    }

    long of(long word) {
        return (word & mask) >>> low << roleLow;
    }
}
