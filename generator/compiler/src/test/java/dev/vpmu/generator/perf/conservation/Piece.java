package dev.vpmu.generator.perf.conservation;

import dev.vpmu.generator.hardware.naive.NaiveStep;

/**
 * Cycles [{@code from}, {@code to}) of a step on one CPU, in which nothing happened but work.
 *
 * @param begin the core's cycle since reset in which the step began
 * @param mode whose counters ran
 */
record Piece(NaiveStep step, long from, long to, long begin, Mode mode) {

    /** Whose counters run. */
    enum Mode {
        /** The host's. */
        HOST,
        /** The guest's: the CPU is in guest mode. */
        GUEST,
        /** Both: a guest whose counters the hypervisor leaves on. */
        BOTH
    }

    long cycles() {
        return to - from;
    }

    boolean isInHost() {
        return mode != Mode.GUEST;
    }

    boolean isInGuest() {
        return mode != Mode.HOST;
    }
}
