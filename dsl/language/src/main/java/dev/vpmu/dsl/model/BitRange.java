package dev.vpmu.dsl.model;

/**
 * A closed range of bits, written {@code [high:low]}.
 *
 * @param low the lowest bit
 * @param high the highest bit
 */
public record BitRange(int low, int high) {

    /** The number of bits. */
    public int width() {
        return high - low + 1;
    }

    /** The bits as a mask in place. */
    public long mask() {
        return Bits.mask(low, width());
    }
}
