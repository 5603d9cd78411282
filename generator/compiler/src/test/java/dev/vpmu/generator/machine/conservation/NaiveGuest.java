package dev.vpmu.generator.machine.conservation;

import java.util.Arrays;

/** What a guest's counters hold, from nothing but its own register writes and its own work. */
final class NaiveGuest {

    static final int PMC = 0xC1;
    static final int EVENTSEL = 0x186;
    static final int FULL_WIDTH_PMC = 0x4C1;
    static final int FIXED_CTR = 0x309;
    static final int FIXED_CTR_CTRL = 0x38D;
    static final int STATUS = 0x38E;
    static final int GLOBAL_CTRL = 0x38F;
    static final int OVF_CTRL = 0x390;
    static final int FIXED = 32;
    static final long MASK = (1L << 48) - 1;

    private static final int MOST = 40;
    private static final int USER = 1 << 16;
    private static final int KERNEL = 1 << 17;
    private static final int ENABLE = 1 << 22;

    private final boolean accountsEmulated;
    private final boolean rearms;
    private final long general;
    private final long counters;
    private final long[] selectors = new long[FIXED];
    private final long[] values = new long[MOST];
    private final long[] gained = new long[MOST];
    private long fixedControl;
    private long global;
    private long status;
    private long unpredictable;
    private long wraps;

    NaiveGuest(boolean accountsEmulated, boolean rearms, long general, long counters) {
        this.accountsEmulated = accountsEmulated;
        this.rearms = rearms;
        this.general = general;
        this.counters = counters;
        reset();
    }

    void reset() {
        Arrays.fill(selectors, 0);
        Arrays.fill(values, 0);
        Arrays.fill(gained, 0);
        fixedControl = 0;
        global = general;
        status = 0;
        unpredictable = 0;
    }

    long value(int counter) {
        return values[counter];
    }

    /** What a counter has counted since it was written. */
    long gained(int counter) {
        return gained[counter];
    }

    /** How often counters have wrapped. */
    long wraps() {
        return wraps;
    }

    /** The counters that have wrapped since the guest was told to forget it. */
    long status() {
        return status;
    }

    long global() {
        return global;
    }

    /**
     * The counters whose overflow is reported at another time than it occurs: perf does not take a period of 1, and the design of 2018 does not
     * tell perf that a counter was written that counts (domain.md §5.3).
     */
    long unpredictable() {
        return unpredictable;
    }

    /** The counter whose value a register holds; -1 if it is none's. */
    static int counterAt(int address) {
        if (isFullWidth(address)) {
            return address - FULL_WIDTH_PMC;
        }
        return address >= PMC && address < PMC + 8 ? address - PMC : address >= FIXED_CTR && address < FIXED_CTR + 4 ? FIXED + address - FIXED_CTR : -1;
    }

    private static boolean isFullWidth(int address) {
        return address >= FULL_WIDTH_PMC && address < FULL_WIDTH_PMC + 8;
    }

    private boolean isEnabled(int counter, int ring) {
        if ((global >>> counter & 1) == 0) {
            return false;
        }
        if (counter >= FIXED) {
            return (fixedControl >>> 4 * (counter - FIXED) & (ring == 0 ? 1 : 2)) != 0;
        }
        return (selectors[counter] & ENABLE) != 0 && (selectors[counter] & (ring == 0 ? KERNEL : USER)) != 0;
    }

    private long event(int counter) {
        return switch (counter) {
            case FIXED -> Work.INSTRUCTIONS;
            case FIXED + 1 -> Work.CYCLES;
            case FIXED + 2 -> Work.REFERENCE;
            case FIXED + 3 -> Work.SLOTS;
            default -> counter > FIXED ? -1 : (selectors[counter] & 0xFF) << Integer.SIZE | selectors[counter] >>> Byte.SIZE & 0xFF;
        };
    }

    /** The guest has worked. */
    void worked(Work work, long from, long to) {
        for (long rest = counters; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (isEnabled(counter, work.ring())) {
                add(counter, work.in(event(counter), from, to));
            }
        }
    }

    /** The hypervisor has carried out what counts as {@code event} once. */
    void emulated(long event, int ring) {
        for (long rest = counters; accountsEmulated && rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (isEnabled(counter, ring) && event(counter) == event) {
                add(counter, 1);
            }
        }
        lookForLast();
    }

    /** The hypervisor has carried out a WRMSR, which counts itself by the controls that it found. */
    void wrote(int address, long value, int ring) {
        int counter = counterAt(address);
        if (counter >= 0) {
            values[counter] = (counter < FIXED && !isFullWidth(address) ? (int) value : value) & MASK;
            gained[counter] = 0;
            if (!rearms && (isEnabled(counter, 0) || isEnabled(counter, 3))) {
                unpredictable |= 1L << counter;
            }
        }
        emulated(Work.INSTRUCTIONS, ring);
        if (address == FIXED_CTR_CTRL) {
            fixedControl = value;
        } else if (address == GLOBAL_CTRL) {
            global = value;
        } else if (address == OVF_CTRL) {
            status &= ~value;
        } else if (address >= EVENTSEL && address < EVENTSEL + 8) {
            selectors[address - EVENTSEL] = value;
        }
        lookForLast();
    }

    private void add(int counter, long count) {
        if (Long.compareUnsigned(values[counter] + count, MASK) > 0) {
            status |= 1L << counter;
            wraps++;
        }
        values[counter] = values[counter] + count & MASK;
        gained[counter] += count;
    }

    /** Looks for counters that perf could be told a period of 1 for. */
    void lookForLast() {
        for (long rest = counters; rest != 0; rest &= rest - 1) {
            if (values[Long.numberOfTrailingZeros(rest)] == MASK) {
                unpredictable |= rest & -rest;
            }
        }
    }
}
