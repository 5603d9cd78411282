package dev.vpmu.generator.hardware.twin;

import dev.vpmu.runtime.hardware.Pattern;

/**
 * How often an event occurs in each cycle of a step.
 *
 * @param pattern a pattern
 * @param offset which of its cycles is the step's cycle 0; negative where that was before its own
 */
record OccurrencePattern(Pattern pattern, long offset) {

    boolean holds(long condition, long cycle) {
        return pattern.holds(condition, cycle + offset);
    }

    /** What a counter adds in the cycles [{@code from}, {@code to}) of the step, one at least. */
    long count(long condition, boolean edge, boolean before, long from, long to) {
        return pattern.count(condition, edge, before, from + offset, to + offset);
    }
}
