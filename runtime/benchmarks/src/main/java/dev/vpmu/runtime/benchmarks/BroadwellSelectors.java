package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Condition;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;

/**
 * What Broadwell-EP's selectors, fixed-counter control and global control say, taken apart once for all steps until the next write.
 * Masks have bit i for programmable counter i and bit 8 + i for fixed counter i.
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
    /** Counters that add the occurrences of an event of the step. */
    int occurrences;
    /** Fixed counters that add 1 in each cycle. */
    int cycles = FIXED_CLOCKS;
    int usual;
    /** Counters of the core's clock, whatever they make of it. */
    int coreClock;
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

    void read(long[] words) {
        int fixed = (int) words[BroadwellRegisterMap.FIXED_CTRL];
        long enabled = words[BroadwellRegisterMap.GLOBAL_CTRL];
        int enabledFixed = (int) (enabled >>> 32) << BroadwellRegisterMap.FIXED_CTR;
        kernel = everyFourth(fixed) & enabledFixed;
        user = everyFourth(fixed >>> 1) & enabledFixed;
        anyThread = everyFourth(fixed >>> 2);
        asking = everyFourth(fixed >>> 3);
        inTransaction = 0;
        checkpointed = 0;
        occurrences = INSTRUCTIONS;
        coreClock = FIXED_CLOCKS;
        busClock = 0;
        edge = 0;
        for (int left = (int) enabled & 0xFF; left != 0; left &= left - 1) {
            int counter = Integer.numberOfTrailingZeros(left);
            long selector = words[BroadwellRegisterMap.EVENT_SELECT + counter];
            if ((selector & ENABLE) != 0) {
                read(counter, 1 << counter, selector);
            }
        }
        usual = occurrences | cycles;
    }

    /** Bits 0, 4 and 8 as fixed counters. */
    private static int everyFourth(int bits) {
        return (bits & 1 | bits >>> 3 & 2 | bits >>> 6 & 4) << BroadwellRegisterMap.FIXED_CTR;
    }

    private void read(int counter, int bit, long selector) {
        kernel |= (selector & KERNEL) != 0 ? bit : 0;
        user |= (selector & USER) != 0 ? bit : 0;
        anyThread |= (selector & ANY_THREAD) != 0 ? bit : 0;
        asking |= (selector & INTERRUPT) != 0 ? bit : 0;
        inTransaction |= (selector & IN_TRANSACTION) != 0 ? bit : 0;
        checkpointed |= (selector & CHECKPOINTED) != 0 ? bit : 0;
        edge |= (selector & EDGE) != 0 ? bit : 0;
        long event = Step.event((int) selector & 0xFF, (int) selector >>> 8 & 0xFF);
        events[counter] = event;
        extras[counter] = event == OFFCORE_RESPONSE_0 ? BroadwellRegisterMap.OFFCORE_RSP_0
                : event == OFFCORE_RESPONSE_1 ? BroadwellRegisterMap.OFFCORE_RSP_1
                : event == LOAD_LATENCY ? BroadwellRegisterMap.PEBS_LD_LAT : BroadwellRegisterMap.ZERO;
        conditions[counter] = Condition.of(selector >>> 24 & 0xFF, (selector & INVERT) != 0, false);
        coreClock |= event == CORE_CYCLES ? bit : 0;
        busClock |= event == BUS_CYCLES ? bit : 0;
        if ((selector & (THRESHOLD | EDGE)) == 0) {
            if (event != CORE_CYCLES && event != BUS_CYCLES && extras[counter] == BroadwellRegisterMap.ZERO) {
                occurrences |= bit;
            }
        }
    }

    /** The counters that count in a step. */
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
