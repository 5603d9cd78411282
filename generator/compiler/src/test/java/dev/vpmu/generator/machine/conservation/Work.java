package dev.vpmu.generator.machine.conservation;

import dev.vpmu.runtime.hardware.Step;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Work in one ring, in which each event occurs as evenly as can be.
 *
 * @param occurrences how often each of {@link #EVENTS} occurs
 */
record Work(long cycles, int ring, long[] occurrences) {

    static final long INSTRUCTIONS = Step.event(0xC0, 0);
    static final long BRANCHES = Step.event(0xC4, 0);
    static final long CYCLES = Step.event(0x3C, 0);
    /** Cycles of a clock that is as fast as the core's on CPUs that count it here. */
    static final long REFERENCE = Step.event(0x00, 3);
    static final long SLOTS = Step.event(0xA4, 1);
    /** What occurs, cycles aside. */
    private static final long[] EVENTS = {INSTRUCTIONS, BRANCHES, Step.event(0xC5, 0), Step.event(0x2E, 0x41), SLOTS};
    /** What is counted. */
    private static final long[] COUNTED = {INSTRUCTIONS, BRANCHES, EVENTS[2], EVENTS[3], CYCLES};

    private static final int LONGEST = 2_000;
    private static final int MOST_A_CYCLE = 3;

    static Work draw(SplittableRandom random) {
        long cycles = 1 + random.nextInt(random.nextInt(4) == 0 ? 5 : LONGEST);
        long[] occurrences = new long[EVENTS.length];
        for (int i = 0; i < occurrences.length; i++) {
            occurrences[i] = random.nextInt(3) == 0 ? 0 : random.nextLong(MOST_A_CYCLE * cycles + 1);
        }
        return new Work(cycles, random.nextBoolean() ? 0 : 3, occurrences);
    }

    static long drawEvent(SplittableRandom random) {
        return COUNTED[random.nextInt(COUNTED.length)];
    }

    /** What a selector asks for to count an event. */
    static long selected(long event) {
        return event >>> Integer.SIZE | (event & 0xFF) << Byte.SIZE;
    }

    Step step() {
        Step.Builder step = Step.of(cycles).ring(ring);
        for (int i = 0; i < EVENTS.length; i++) {
            step.uniform(EVENTS[i], occurrences[i]);
        }
        return step.build();
    }

    /** How often an event occurs in cycles [{@code from}, {@code to}). */
    long in(long event, long from, long to) {
        if (event == CYCLES || event == REFERENCE) {
            return to - from;
        }
        for (int i = 0; i < EVENTS.length; i++) {
            if (EVENTS[i] == event) {
                return occurrences[i] * to / cycles - occurrences[i] * from / cycles;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return cycles + " cycles in ring " + ring + " with " + Arrays.toString(occurrences);
    }
}
