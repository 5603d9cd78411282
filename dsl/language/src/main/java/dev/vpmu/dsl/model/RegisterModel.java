package dev.vpmu.dsl.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model-specific register, or an array of them.
 *
 * @param name its name
 * @param role what it is to the PMU
 * @param layout the layout that names its bits
 * @param bank the bank that it is an array over; absent for a single register
 * @param indexes the counters that have an element, ascending; empty for a single register
 * @param address the address of element 0, or of the register
 * @param stride the distance of two elements' addresses
 * @param aliasOf the register whose storage it shows
 * @param read what a read gives
 * @param write what a write does
 * @param writableMaskOfIndex for each of {@link #indexes()} (or, for a single register, once) the bits that a write may set
 * @param withoutSmtMask the bits that belong to counters which exist only with SMT off: reserved, and 0 after reset, with SMT on
 * @param resetValue the value after reset with SMT off; with SMT on without {@link #withoutSmtMask()}
 * @param rdpmcType the type by which RDPMC reads it
 * @param domain who shares it
 */
public record RegisterModel(String name, RegisterRole role, Optional<String> layout, Optional<String> bank, List<Integer> indexes,
        long address, int stride, Optional<String> aliasOf, ReadRule read, WriteRule write, List<Long> writableMaskOfIndex,
        long withoutSmtMask, long resetValue, OptionalInt rdpmcType, Domain domain, Origin origin) {

    public RegisterModel {
        indexes = List.copyOf(indexes);
        writableMaskOfIndex = List.copyOf(writableMaskOfIndex);
    }

    /** The address of the element of counter {@code index}. */
    public long addressOf(int index) {
        return address + (long) index * stride;
    }
}
