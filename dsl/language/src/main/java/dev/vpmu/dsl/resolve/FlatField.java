package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.FieldArray;
import dev.vpmu.dsl.pmu.Layout;

/**
 * A field of a layout after its inheritance is worked out.
 *
 * @param field its declaration
 * @param array the array that it stands in; {@code null} outside arrays
 */
public record FlatField(Field field, FieldArray array) {

    /** Whether every number that says where it lies could be read. */
    boolean isRead() {
        return field.getRange() != null && UnreadText.hasItsNumbers(field.getRange())
                && (field.getSlice() == null || UnreadText.hasItsNumbers(field.getSlice()))
                && (array == null || UnreadText.hasItsNumbers(array));
    }

    public String name() {
        return field.getName();
    }

    /** The layout that declares it: the one asked for, or an ancestor. */
    public Layout layout() {
        return (Layout) (array == null ? field : array).eContainer();
    }

    /** The lowest bit; in an array counted from the start of the element. */
    public int low() {
        return Math.min(Numbers.low(field.getRange()), Numbers.high(field.getRange()));
    }

    public int width() {
        return (int) Math.min(1L + Math.abs(Numbers.high(field.getRange()) - Numbers.low(field.getRange())), Integer.MAX_VALUE);
    }

    public FieldRole role() {
        return field.getCapability() != null ? FieldRole.CAPABILITY : Words.fieldRole(field.getRole());
    }

    /** The lowest bit of the role that the field holds. */
    public int roleLow() {
        return field.getSlice() == null ? 0 : Numbers.low(field.getSlice());
    }

    /** The bit at which counter 0's element starts. */
    public int offset() {
        if (array == null) {
            return 0;
        }
        Bank bank = array.getBank();
        return array.getOffset() != null ? Numbers.intOf(array.getOffset())
                : bank == null ? 0 : Numbers.intOf(bank.getIndex());
    }

    public int stride() {
        return array == null ? 0 : Numbers.intOf(array.getStride(), 1);
    }

    /** The field's lowest bit in the register for counter {@code index}; beyond 63 if it lies outside. */
    public int lowOf(int index) {
        long low = offset() + (long) index * stride() + low();
        return (int) Math.min(low, 1 << 20);
    }

    /** The field's bits in the register for counter {@code index}; outside arrays the index does not matter. */
    public long maskOf(int index) {
        return Bits.mask(lowOf(index), width());
    }

    /** Whether the two stand for one another: the same name in the same place, outside arrays or in the same array. */
    public boolean replaces(FlatField other) {
        if (!name().equals(other.name()) || (array == null) != (other.array == null)) {
            return false;
        }
        return array == null || array.getBank() == other.array.getBank() && offset() == other.offset() && stride() == other.stride();
    }
}
