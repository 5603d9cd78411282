package dev.vpmu.runtime.hardware;

import dev.vpmu.runtime.registers.CpuidWords;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest PMU: two 8-bit counters of an event each, their overflow status, a frozen flag, and a register that siblings share.
 * It counts cycle by cycle; there is nothing clever in it.
 */
final class TwoCounters extends PmuHardware {

    static final int COUNTER = 0xC1;
    static final int SHARED = 0x1A6;
    static final int CANONICAL = 0x600;
    static final long SHARED_MASK = 0xFF;
    static final long[] EVENTS = {Step.event(1, 0), Step.event(2, 0)};

    private static final int CARRY = 8;
    private static final int COUNTER_MASK = 0xFF;

    final long[] counters = new long[EVENTS.length];
    final boolean[] asksForPmi = {true, true};
    final boolean[] anyThread = new boolean[EVENTS.length];
    boolean freezeOnPmi;
    boolean frozen;
    long overflowStatus;
    long shared;
    private long canonical;
    /** How many pieces the work was counted in. */
    int pieces;

    TwoCounters(boolean interrupts, boolean masksItself) {
        super(false, interrupts, masksItself, 1);
        resetRegisters();
    }

    /** Work in which the first event occurs once a cycle and the second never. */
    static Step each(long cycles) {
        return Step.of(cycles).uniform(EVENTS[0], cycles).build();
    }

    /** Work in which both events occur once a cycle. */
    static Step both(long cycles) {
        return Step.of(cycles).uniform(EVENTS[0], cycles).uniform(EVENTS[1], cycles).build();
    }

    TwoCounters unmasked() {
        lvtpc(LVTPC_NMI);
        return this;
    }

    /** Sets the counters so many occurrences before their overflow. */
    TwoCounters overflowingIn(long first, long second) {
        counters[0] = COUNTER_MASK + 1 - first;
        counters[1] = COUNTER_MASK + 1 - second;
        return this;
    }

    /** The cycles before which a step stops, with each PMI taken when it is there. */
    List<Long> stops(Step step) {
        List<Long> stops = new ArrayList<>();
        for (long at = 0; at < step.cycles();) {
            at = run(step, at);
            stops.add(at);
            takePmi();
        }
        return stops;
    }

    @Override
    public CpuidWords cpuid(int leaf, int subleaf) {
        return CpuidWords.ZERO;
    }

    @Override
    protected void resetRegisters() {
        counters[0] = 0;
        counters[1] = 0;
        overflowStatus = 0;
        frozen = false;
        shared = 0x11;
    }

    @Override
    protected long asking() {
        return (asksForPmi[0] ? 1 : 0) | (asksForPmi[1] ? 2 : 0);
    }

    @Override
    protected long count(long times, Step step, long from, long to, boolean ofSibling) {
        pieces += times > 0 ? 1 : -1;
        long overflow = 0;
        for (int i = 0; i < counters.length; i++) {
            if (!frozen && (!ofSibling || anyThread[i])) {
                counters[i] += times * step.pattern(EVENTS[i]).occurrences(from, to);
                overflow |= counters[i] >> CARRY != 0 ? 1L << i : 0;
                counters[i] &= COUNTER_MASK;
            }
        }
        return overflow;
    }

    @Override
    protected long firstOverflow(long overflowing, Step step, long from, long to) {
        for (long cycle = from; cycle < to; cycle++) {
            for (int i = 0; i < counters.length; i++) {
                if ((overflowing >>> i & 1) != 0 && counters[i] + step.pattern(EVENTS[i]).occurrences(from, cycle + 1) >> CARRY != 0) {
                    return cycle + 1;
                }
            }
        }
        return to;
    }

    @Override
    protected void report(long overflow) {
        overflowStatus |= overflow;
    }

    @Override
    protected void freeze() {
        frozen |= freezeOnPmi;
    }

    @Override
    protected boolean canFreeze() {
        return freezeOnPmi && !frozen;
    }

    @Override
    protected void copyShared(PmuHardware from) {
        shared = ((TwoCounters) from).shared;
    }

    @Override
    public long rdmsr(int address) {
        return switch (address) {
            case COUNTER, COUNTER + 1 -> counters[address - COUNTER];
            case SHARED -> shared;
            case CANONICAL -> canonical;
            default -> throw noRead(address);
        };
    }

    @Override
    public void wrmsr(int address, long value) {
        switch (address) {
            case COUNTER, COUNTER + 1 -> counters[address - COUNTER] = value & COUNTER_MASK;
            case SHARED -> {
                shared = checked(address, value, SHARED_MASK);
                share();
            }
            case CANONICAL -> canonical = canonical(address, value);
            default -> throw noWrite(address, value);
        }
    }

    /** Counter 1 cannot be read in user mode. */
    @Override
    public long rdpmc(int ecx) {
        if (!mayRdpmc() || ecx < 0 || ecx >= counters.length) {
            throw noRdpmc(ecx);
        }
        return ecx == 1 && inUserMode() ? 0 : counters[ecx];
    }
}
