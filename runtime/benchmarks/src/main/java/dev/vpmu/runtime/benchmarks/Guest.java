package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.PmuRegisters;

/** How a guest programs its counters, and the work that it does. */
final class Guest {

    static final int PMC = 0xC1;
    static final int FULL_WIDTH_PMC = 0x4C1;
    static final int EVENT_SELECT = 0x186;
    static final int FIXED_CTRL = 0x38D;
    static final int GLOBAL_STATUS = 0x38E;
    static final int GLOBAL_CTRL = 0x38F;
    static final int OVERFLOW_CTRL = 0x390;
    static final int LAST_BRANCH_TO = 0x6CF;

    /** Enabled, in user and kernel mode. */
    static final long COUNTING = 0x43_0000L;
    static final long INTERRUPT = 0x10_0000L;

    /** Steps that are all different, a power of two. */
    static final int STEPS = 16;
    static final int STEP_CYCLES = 1_000;

    /** Branches, their misses, last-level cache misses, loads that hit L1; behind them four for CPUs with eight counters. */
    private static final long[] SELECTED = {0x00C4, 0x00C5, 0x412E, 0x01D1, 0x4F2E, 0x01A2, 0x010E, 0x003C};

    private Guest() {
    }

    /** Sixteen registers of all kinds, in no order. */
    static int[] addressesInTurn() {
        return new int[] {0x38E, 0xC1, 0x187, 0x309, 0x6C3, 0x38F, 0x4C2, 0x1D9, 0x186, 0xC4, 0x680, 0x30A, 0x38D, 0x1A6, 0x3F1, 0x189};
    }

    /** The first {@code gp} counters on {@link #SELECTED}, all fixed counters, all of them far from an overflow. */
    static void program(PmuRegisters registers, int gp, boolean interrupts) {
        for (int counter = 0; counter < gp; counter++) {
            registers.wrmsr(EVENT_SELECT + counter, SELECTED[counter] | COUNTING | (interrupts ? INTERRUPT : 0));
            registers.wrmsr(PMC + counter, 0);
        }
        registers.wrmsr(FIXED_CTRL, interrupts ? 0xBBB : 0x333);
        registers.wrmsr(GLOBAL_CTRL, 0x7L << 32 | (1L << gp) - 1);
    }

    /** Steps of 1,000 cycles with eight events each, half of them in user mode. */
    static Step[] work() {
        Step[] steps = new Step[STEPS];
        for (int i = 0; i < STEPS; i++) {
            steps[i] = step(STEP_CYCLES, i, i % 2 * 3);
        }
        return steps;
    }

    static Step step(long cycles, int kind, int ring) {
        return Step.of(cycles).ring(ring)
                .uniform(Step.event(0xC0, 0x00), cycles * 9 / 10 + kind)
                .uniform(Step.event(0xC4, 0x00), cycles / 5 + kind)
                .uniform(Step.event(0xC5, 0x00), cycles / 100 + kind)
                .uniform(Step.event(0x2E, 0x4F), cycles / 50 + kind)
                .uniform(Step.event(0x2E, 0x41), cycles / 150)
                .uniform(Step.event(0xD1, 0x01), cycles / 4 - kind)
                .run(Step.event(0xA2, 0x01), 1, 40 + kind, 200)
                .run(Step.event(0x0E, 0x01), 4, 60 + kind, 100)
                .build();
    }
}
