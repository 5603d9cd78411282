package dev.vpmu.generator.machine.owning;

/** Addresses and bits of Intel's registers (domain.md §2.1 to §2.3). */
final class Intel {

    static final int PMC = 0xC1;
    static final int FULL_WIDTH = 0x4C1;
    static final int EVENTSEL = 0x186;
    static final int FIXED_CTR = 0x309;
    static final int FIXED_CTR_CTRL = 0x38D;
    static final int STATUS = 0x38E;
    static final int GLOBAL_CTRL = 0x38F;
    static final int OVF_CTRL = 0x390;
    static final int PEBS_ENABLE = 0x3F1;
    static final int DEBUGCTL = 0x1D9;

    static final long USER = 1L << 16;
    static final long KERNEL = 1L << 17;
    static final long INTERRUPTS = 1L << 20;
    static final long ANY_THREAD = 1L << 21;
    static final long ENABLE = 1L << 22;
    static final long WIDTH = (1L << 48) - 1;

    /** The global index of the first fixed counter. */
    static final int FIXED = 32;
    /** What RDPMC's operand says of a fixed counter. */
    static final int RDPMC_FIXED = 1 << 30;

    private Intel() {
    }

    /** The selector's bits for an event that steps know by a name. */
    static long event(long name) {
        return name >>> Integer.SIZE | (name & 0xFF) << Byte.SIZE;
    }

    /** The selector that counts an event in every ring. */
    static long selector(long name) {
        return event(name) | USER | KERNEL | ENABLE;
    }
}
