package dev.vpmu.dsl.model;

import java.util.List;

/**
 * Where the elements of an array of fields stand.
 *
 * @param bank the bank whose counters have an element each
 * @param offset the bit at which counter 0's element starts
 * @param stride the distance of the elements in bits
 * @param indexes the counters that have an element, in any state of SMT
 */
public record ArrayPlace(String bank, int offset, int stride, List<Integer> indexes) {

    public ArrayPlace {
        indexes = List.copyOf(indexes);
    }
}
