package dev.vpmu.generator.machine.owning;

import dev.vpmu.runtime.hardware.Step;

/** So many cycles in one ring with so many instructions, branches and mispredicted branches, as evenly as can be. */
record Work(int ring, long cycles, long instructions, long branches, long misses) {

    static final long INSTRUCTIONS = Step.event(0xC0, 0);
    static final long BRANCHES = Step.event(0xC4, 0);
    static final long MISSES = Step.event(0xC5, 0);
    static final long CYCLES = Step.event(0x3C, 0);

    /** Work in ring 0 of an instruction a cycle. */
    static Work of(long instructions, long branches) {
        return new Work(0, instructions, instructions, branches, 0);
    }

    /** The same with mispredicted branches. */
    Work misses(long more) {
        return new Work(ring, cycles, instructions, branches, more);
    }

    /** The same in another ring. */
    Work inRing(int other) {
        return new Work(other, cycles, instructions, branches, misses);
    }

    Step step() {
        return Step.of(cycles).ring(ring).uniform(INSTRUCTIONS, instructions).uniform(BRANCHES, branches).uniform(MISSES, misses).build();
    }

    /** How often an event occurs in cycles [{@code from}, {@code to}). */
    long in(long event, long from, long to) {
        if (event == CYCLES) {
            return to - from;
        }
        long all = event == INSTRUCTIONS ? instructions : event == BRANCHES ? branches : event == MISSES ? misses : 0;
        return all * to / cycles - all * from / cycles;
    }
}
