package dev.vpmu.dsl.model;

/** Masks of 64-bit words. */
public final class Bits {

    private Bits() {
    }

    /** {@code width} ones from bit {@code low} on; bits beyond 63 are lost; 0 if {@code width} is not positive. */
    public static long mask(int low, int width) {
        if (width <= 0 || low > 63) {
            return 0;
        }
        long ones = width >= 64 ? -1L : (1L << width) - 1;
        return ones << low;
    }

    /** Whether {@code value}, read as unsigned, fits into {@code width} bits. */
    public static boolean fits(long value, int width) {
        return width >= 64 || width >= 0 && value >>> width == 0;
    }
}
