package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Condition;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;

/**
 * What Broadwell-EP's selectors and fixed-counter control say, taken apart once for all steps until the next write. Masks have bit i
 * for programmable counter i and bit 8 + i for fixed counter i.
 */
final class BroadwellSelectors {

    static final int COUNTERS = 11;

    private static final long ENABLE = 1L << 22;
    private static final long USER = 1L << 16;
    private static final long KERNEL = 1L << 17;
    private static final long EDGE = 1L << 18;
    private static final long INTERRUPT = 1L << 20;
    private static final long ANY_THREAD = 1L << 21;
    private static final long INVERT = 1L << 23;
    private static final long THRESHOLD = 0xFF00_0000L;
    private static final long IN_TRANSACTION = 1L << 32;
    private static final long CHECKPOINTED = 1L << 33;

    private static final int INSTRUCTIONS = 1 << BroadwellRegisterMap.FIXED_CTR;
    private static final int FIXED_CLOCKS = INSTRUCTIONS << 1 | INSTRUCTIONS << 2;
    private static final long INSTRUCTIONS_RETIRED = Step.event(0xC0, 0);
    private static final long CORE_CYCLES = Step.event(0x3C, 0);
    private static final long BUS_CYCLES = Step.event(0x3C, 1);
    private static final long OFFCORE_RESPONSE_0 = Step.event(0xB7, 1);
    private static final long OFFCORE_RESPONSE_1 = Step.event(0xBB, 1);
    private static final long LOAD_LATENCY = Step.event(0xCD, 1);

    private int kernel;
    private int user;
    private int anyThread;
    private int inTransaction;
    private int checkpointed;
    /** Counters that ask for a PMI. */
    int asking;
    /** Counters that add the occurrences of an event that is the step's, and has no extra register. */
    int occurrences = INSTRUCTIONS;
    /** Counters that add 1 in each cycle. */
    int cycles = FIXED_CLOCKS;
    /** Counters of the core's clock, whatever they make of it. */
    int coreClock = FIXED_CLOCKS;
    /** Counters of the bus's clock, whatever they make of it. */
    int busClock;
    /** Counters that look for edges. */
    int edge;
    /** Each counter's event. */
    final long[] events = new long[COUNTERS];
    /** The word of each counter's extra register. */
    final int[] extras = new int[COUNTERS];
    /** Each counter's condition. */
    final long[] conditions = new long[COUNTERS];

    BroadwellSelectors() {
        events[BroadwellRegisterMap.FIXED_CTR] = INSTRUCTIONS_RETIRED;
        extras[BroadwellRegisterMap.FIXED_CTR] = BroadwellRegisterMap.ZERO;
    }

    /** Takes apart what was written: bit i for selector i, bit 8 for the fixed counters' control. */
    void read(long[] words, int written) {
        for (int left = written & 0xFF; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            read(counter, words[BroadwellRegisterMap.EVENT_SELECT + counter]);
        }
        if (written >>> 8 != 0) {
            int fixed = (int) words[BroadwellRegisterMap.FIXED_CTRL];
            kernel = kernel & 0xFF | everyFourth(fixed);
            user = user & 0xFF | everyFourth(fixed >>> 1);
            anyThread = anyThread & 0xFF | everyFourth(fixed >>> 2);
            asking = asking & 0xFF | everyFourth(fixed >>> 3);
        }
    }

    /** Bits 0, 4 and 8 as fixed counters. */
    private static int everyFourth(int bits) {
        return (bits & 1 | bits >>> 3 & 2 | bits >>> 6 & 4) << BroadwellRegisterMap.FIXED_CTR;
    }

    private void read(int counter, long selector) {
        boolean enabled = (selector & ENABLE) != 0;
        kernel = with(kernel, counter, enabled && (selector & KERNEL) != 0);
        user = with(user, counter, enabled && (selector & USER) != 0);
        anyThread = with(anyThread, counter, (selector & ANY_THREAD) != 0);
        asking = with(asking, counter, (selector & INTERRUPT) != 0);
        inTransaction = with(inTransaction, counter, (selector & IN_TRANSACTION) != 0);
        checkpointed = with(checkpointed, counter, (selector & CHECKPOINTED) != 0);
        edge = with(edge, counter, (selector & EDGE) != 0);
        long event = Step.event((int) selector & 0xFF, (int) selector >>> 8 & 0xFF);
        int extra = extra(event);
        boolean clock = event == CORE_CYCLES || event == BUS_CYCLES;
        boolean plain = (selector & (THRESHOLD | EDGE)) == 0;
        coreClock = with(coreClock, counter, event == CORE_CYCLES);
        busClock = with(busClock, counter, event == BUS_CYCLES);
        occurrences = with(occurrences, counter, plain && !clock && extra == BroadwellRegisterMap.ZERO);
        cycles = with(cycles, counter, plain && event == CORE_CYCLES);
        events[counter] = event;
        extras[counter] = extra;
        conditions[counter] = Condition.of(selector >>> 24 & 0xFF, (selector & INVERT) != 0, false);
    }

    private static int with(int mask, int counter, boolean set) {
        int bit = 1 << counter;
        return set ? mask | bit : mask & ~bit;
    }

    private static int extra(long event) {
        return event == OFFCORE_RESPONSE_0 ? BroadwellRegisterMap.OFFCORE_RSP_0
                : event == OFFCORE_RESPONSE_1 ? BroadwellRegisterMap.OFFCORE_RSP_1
                : event == LOAD_LATENCY ? BroadwellRegisterMap.PEBS_LD_LAT : BroadwellRegisterMap.ZERO;
    }

    /** The counters that count in a step, if the global control lets them. */
    int counting(Step step, boolean ofSibling) {
        int counting = step.ring() == 0 ? kernel : user;
        if (ofSibling) {
            counting &= anyThread;
        }
        TransactionState transaction = step.transaction();
        if (transaction == TransactionState.OUTSIDE) {
            return counting & ~inTransaction;
        }
        return transaction == TransactionState.ABORTED ? counting & ~checkpointed : counting;
    }
}
