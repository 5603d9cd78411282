package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.Arrays;

/** What a guest of {@link HandWrittenVpmu} has of its counters, and how it gets to the hardware and back. */
final class GuestCounters {

    private static final int EVENT_SELECT = 0x186;
    private static final int FIXED_CTR = 0x309;
    private static final int FIXED_CTRL = 0x38D;
    private static final int FULL_WIDTH_PMC = 0x4C1;
    private static final int RDPMC_FIXED = 0x4000_0000;
    private static final int FIXED = 32;
    private static final long ALL_FIXED = 0x7_0000_0000L;
    /** The counters beyond those that there are with SMT on, too. */
    private static final long WITHOUT_SMT = 0xF0;

    final long[] values = new long[FIXED + 3];
    final long[] selectors = new long[8];
    long fixedControl;

    void reset() {
        Arrays.fill(values, 0);
        Arrays.fill(selectors, 0);
        fixedControl = 0;
    }

    /** Gives the hardware what the guest has of counters: first their values, then their controls. */
    void restore(PmuRegisters hardware, long taken) {
        if ((taken & 0x1) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC, values[0]);
        }
        if ((taken & 0x2) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC + 1, values[1]);
        }
        if ((taken & 0x4) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC + 2, values[2]);
        }
        if ((taken & 0x8) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC + 3, values[3]);
        }
        for (long rest = taken & WITHOUT_SMT; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            hardware.wrmsr(FULL_WIDTH_PMC + counter, values[counter]);
        }
        if ((taken & 0x1_0000_0000L) != 0) {
            hardware.wrmsr(FIXED_CTR, values[FIXED]);
        }
        if ((taken & 0x2_0000_0000L) != 0) {
            hardware.wrmsr(FIXED_CTR + 1, values[FIXED + 1]);
        }
        if ((taken & 0x4_0000_0000L) != 0) {
            hardware.wrmsr(FIXED_CTR + 2, values[FIXED + 2]);
        }
        if ((taken & 0x1) != 0) {
            hardware.wrmsr(EVENT_SELECT, selectors[0]);
        }
        if ((taken & 0x2) != 0) {
            hardware.wrmsr(EVENT_SELECT + 1, selectors[1]);
        }
        if ((taken & 0x4) != 0) {
            hardware.wrmsr(EVENT_SELECT + 2, selectors[2]);
        }
        if ((taken & 0x8) != 0) {
            hardware.wrmsr(EVENT_SELECT + 3, selectors[3]);
        }
        for (long rest = taken & WITHOUT_SMT; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            hardware.wrmsr(EVENT_SELECT + counter, selectors[counter]);
        }
        if ((taken & ALL_FIXED) != 0) {
            program(hardware, taken & ALL_FIXED);
        }
    }

    /** Stops counters, and takes what they have counted. */
    void save(PmuRegisters hardware, long given) {
        if ((given & 0x1) != 0) {
            hardware.wrmsr(EVENT_SELECT, 0);
        }
        if ((given & 0x2) != 0) {
            hardware.wrmsr(EVENT_SELECT + 1, 0);
        }
        if ((given & 0x4) != 0) {
            hardware.wrmsr(EVENT_SELECT + 2, 0);
        }
        if ((given & 0x8) != 0) {
            hardware.wrmsr(EVENT_SELECT + 3, 0);
        }
        for (long rest = given & WITHOUT_SMT; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            hardware.wrmsr(EVENT_SELECT + counter, 0);
        }
        if ((given & ALL_FIXED) != 0) {
            hardware.wrmsr(FIXED_CTRL, hardware.rdmsr(FIXED_CTRL) & ~parts(given & ALL_FIXED));
        }
        if ((given & 0x1) != 0) {
            values[0] = hardware.rdpmc(0);
        }
        if ((given & 0x2) != 0) {
            values[1] = hardware.rdpmc(1);
        }
        if ((given & 0x4) != 0) {
            values[2] = hardware.rdpmc(2);
        }
        if ((given & 0x8) != 0) {
            values[3] = hardware.rdpmc(3);
        }
        for (long rest = given & WITHOUT_SMT; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            values[counter] = hardware.rdpmc(counter);
        }
        if ((given & 0x1_0000_0000L) != 0) {
            values[FIXED] = hardware.rdpmc(RDPMC_FIXED);
        }
        if ((given & 0x2_0000_0000L) != 0) {
            values[FIXED + 1] = hardware.rdpmc(RDPMC_FIXED + 1);
        }
        if ((given & 0x4_0000_0000L) != 0) {
            values[FIXED + 2] = hardware.rdpmc(RDPMC_FIXED + 2);
        }
    }

    /** Leaves nothing of the guest's in counters. */
    void clear(PmuRegisters hardware, long given) {
        if ((given & 0x1) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC, 0);
        }
        if ((given & 0x2) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC + 1, 0);
        }
        if ((given & 0x4) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC + 2, 0);
        }
        if ((given & 0x8) != 0) {
            hardware.wrmsr(FULL_WIDTH_PMC + 3, 0);
        }
        for (long rest = given & WITHOUT_SMT; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            hardware.wrmsr(FULL_WIDTH_PMC + counter, 0);
        }
        if ((given & 0x1_0000_0000L) != 0) {
            hardware.wrmsr(FIXED_CTR, 0);
        }
        if ((given & 0x2_0000_0000L) != 0) {
            hardware.wrmsr(FIXED_CTR + 1, 0);
        }
        if ((given & 0x4_0000_0000L) != 0) {
            hardware.wrmsr(FIXED_CTR + 2, 0);
        }
    }

    /** The parts of the fixed counters' control that are of some counters. */
    private static long parts(long fixed) {
        long three = fixed >>> FIXED;
        return (three & 1 | (three & 2) << 3 | (three & 4) << 6) * 0xF;
    }

    /** Gives the hardware the guest's control of some fixed counters; the others' stays. */
    void program(PmuRegisters hardware, long fixed) {
        long parts = parts(fixed);
        hardware.wrmsr(FIXED_CTRL, hardware.rdmsr(FIXED_CTRL) & ~parts | fixedControl & parts);
    }
}
