package dev.vpmu.generator.perf.conservation;

import dev.vpmu.generator.hardware.naive.NaiveStep;
import dev.vpmu.generator.hardware.naive.NaiveStep.Transaction;

/**
 * What an event counts of the work, whichever counter it is on.
 *
 * @param source what happens
 * @param threshold how often it must happen in a cycle for that cycle to be counted; 0 if occurrences are counted and not cycles
 * @param invert whether the other cycles are counted
 * @param equal whether it must happen just as often
 * @param inTransaction whether only what happens in transactions is counted
 * @param checkpointed whether what happens in transactions that abort is not counted
 */
record Kind(Source source, long threshold, boolean invert, boolean equal, boolean inTransaction, boolean checkpointed) {

    /** What happens. */
    sealed interface Source {
    }

    /** Something that steps name. */
    record Named(NaiveStep.Event event) implements Source {
    }

    /** A clock's ticks: so many in so many cycles of the core. */
    record Ticks(long ticks, long inCycles) implements Source {
    }

    /** Every occurrence. */
    static Kind of(Source source) {
        return new Kind(source, 0, false, false, false, false);
    }

    /** Every occurrence of something that steps name. */
    static Kind of(NaiveStep.Event event) {
        return of(new Named(event));
    }

    /**
     * What there is to count in cycles [{@code from}, {@code to}) of a step, privilege levels aside.
     *
     * @param begin the core's cycle since reset in which the step began
     */
    long in(NaiveStep step, long from, long to, long begin) {
        if (inTransaction && step.transaction() == Transaction.OUTSIDE || checkpointed && step.transaction() == Transaction.ABORTED) {
            return 0;
        }
        if (source instanceof Ticks ticks) {
            return Happenings.ticks(ticks.ticks(), ticks.inCycles(), begin + from, begin + to);
        }
        NaiveStep.Pattern pattern = step.pattern(((Named) source).event());
        return threshold == 0 ? Happenings.occurrences(pattern, step.cycles(), from, to)
                : Happenings.cycles(pattern, step.cycles(), threshold, invert, equal, from, to);
    }

    /** How much there can be to count in one cycle, if steps have no more than {@code occurrences}. */
    long most(long occurrences) {
        return source instanceof Ticks ticks ? ticks.ticks() / ticks.inCycles() + 1 : threshold != 0 ? 1 : occurrences;
    }

    /** Whether it is proportional to time in work that is the same in every cycle. */
    boolean isSteady() {
        return !inTransaction && threshold == 0;
    }
}
