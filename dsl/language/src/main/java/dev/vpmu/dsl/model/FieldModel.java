package dev.vpmu.dsl.model;

import java.util.Optional;

/**
 * Bits of a layout under one name.
 *
 * @param name its name
 * @param low its lowest bit; of an array's field, counted from the start of the counter's element
 * @param width its width in bits
 * @param role what the bits mean to the PMU
 * @param roleLow the lowest bit of the role that the field holds; 0 unless the role is spread over several fields
 * @param storage what the bits do
 * @param array its place in an array of a layout, one element a counter
 * @param onCounters the counters whose registers have it, as a global mask; all ones where nothing is said
 */
public record FieldModel(String name, int low, int width, FieldRole role, int roleLow, Storage storage, Optional<ArrayPlace> array,
        long onCounters, Origin origin) {

    /** The field's lowest bit for counter {@code index} of its array's bank, or outside arrays simply its lowest bit. */
    public int lowOf(int index) {
        return array.map(place -> place.offset() + index * place.stride()).orElse(0) + low;
    }

    /** The field's bits in place, for counter {@code index} of its array's bank. */
    public long maskOf(int index) {
        return Bits.mask(lowOf(index), width);
    }
}
