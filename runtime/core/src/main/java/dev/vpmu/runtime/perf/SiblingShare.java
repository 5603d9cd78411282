package dev.vpmu.runtime.perf;

import java.util.Arrays;

/**
 * What the two threads of a core must know of each other to place events: counters that must be left alone because an erratum lets them
 * disturb the sibling's, and extra registers that both use. (domain.md §3.1, exclusive rows.)
 */
final class SiblingShare {

    private static final int THREADS = 2;

    private final long[] exclusiveOn = new long[THREADS];
    private final long[] sharedOn = new long[THREADS];
    private final long[] taken = new long[THREADS];
    private final long[][] values;

    SiblingShare(int extraRegisters) {
        values = new long[THREADS][extraRegisters];
    }

    /** Forgets what a thread uses. */
    void clear(int thread) {
        exclusiveOn[thread] = 0;
        sharedOn[thread] = 0;
        taken[thread] = 0;
        Arrays.fill(values[thread], 0);
    }

    /** A thread uses a counter. */
    void use(int thread, int counter, boolean exclusive) {
        if (exclusive) {
            exclusiveOn[thread] |= 1L << counter;
        } else {
            sharedOn[thread] |= 1L << counter;
        }
    }

    /** A thread uses an extra register that both share. */
    void use(int thread, int register, long value) {
        taken[thread] |= 1L << register;
        values[thread][register] = value;
    }

    /** The counters that a thread must leave alone. */
    long forbidden(int thread, boolean exclusive) {
        int other = 1 - thread;
        return exclusiveOn[other] | (exclusive ? sharedOn[other] : 0);
    }

    /** Whether the sibling has an event that must not be disturbed. */
    boolean isSiblingExclusive(int thread) {
        return exclusiveOn[1 - thread] != 0;
    }

    /** Whether the sibling lets a thread have a value in an extra register that both share. */
    boolean mayUse(int thread, int register, long value) {
        int other = 1 - thread;
        return (taken[other] >>> register & 1) == 0 || values[other][register] == value;
    }
}
