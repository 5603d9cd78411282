package dev.vpmu.runtime.equivalence;

/** What the comparison knows by itself of Intel's registers, so that a generator's mistake about them is none of its own. (domain.md §2.1 to §2.3.) */
final class Msr {

    static final int PMC = 0xC1;
    static final int EVENTSEL = 0x186;
    static final int FIXED_CTR = 0x309;
    static final int FIXED_CTR_CTRL = 0x38D;
    static final int STATUS = 0x38E;
    static final int GLOBAL_CTRL = 0x38F;
    static final int OVF_CTRL = 0x390;
    static final int STATUS_SET = 0x391;
    static final int PEBS_ENABLE = 0x3F1;
    static final int A_PMC = 0x4C1;

    static final int FIXED = 32;
    static final int FIXED_RDPMC = 0x4000_0000;

    static final long USER = 1 << 16;
    static final long KERNEL = 1 << 17;
    static final long EDGE = 1 << 18;
    static final long PIN = 1 << 19;
    static final long INTERRUPT = 1 << 20;
    static final long ENABLE = 1 << 22;
    static final long INVERT = 1 << 23;
    static final int THRESHOLD = 24;
    static final long IN_TRANSACTION = 1L << 32;
    static final long CHECKPOINTED = 1L << 33;
    /** CTR_Frz and LBR_Frz of the status, from version 4 on. */
    static final long FROZEN = 3L << 58;

    private Msr() {
    }

    /** The address that takes all bits of a counter. */
    static int fullWidth(int counter) {
        return counter < FIXED ? A_PMC + counter : FIXED_CTR + counter - FIXED;
    }

    static int rdpmc(int counter) {
        return counter < FIXED ? counter : FIXED_RDPMC + counter - FIXED;
    }
}
