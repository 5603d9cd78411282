package dev.vpmu.generator.hardware.twin;

/** One 64-bit word of storage; siblings that share a register have one cell for it between them. */
final class Word {

    private long[] cell = new long[1];

    long get() {
        return cell[0];
    }

    void set(long value) {
        cell[0] = value;
    }

    void change(long mask, boolean set) {
        cell[0] = set ? cell[0] | mask : cell[0] & ~mask;
    }

    boolean hasAny(long mask) {
        return (cell[0] & mask) != 0;
    }

    /** From now on this word and {@code first} are one, with the value of {@code first}. */
    void shareWith(Word first) {
        cell = first.cell;
    }
}
