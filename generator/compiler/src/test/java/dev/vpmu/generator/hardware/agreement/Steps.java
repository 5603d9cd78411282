package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.generator.hardware.naive.NaiveStep;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;

/** Steps of the naive model as those of the library. */
public final class Steps {

    private Steps() {
    }

    /** The same work. */
    public static Step of(NaiveStep step) {
        Step.Builder builder = Step.of(step.cycles()).ring(step.ring()).transaction(TransactionState.valueOf(step.transaction().name()));
        for (NaiveStep.Occurrences occurrences : step.occurrences()) {
            long extra = occurrences.event() instanceof NaiveStep.Coded coded ? coded.extra() : 0;
            long event = occurrences.event() instanceof NaiveStep.Coded coded ? Step.event(coded.code(), coded.umask())
                    : Step.eventOfCounter(((NaiveStep.OfCounter) occurrences.event()).globalIndex());
            if (occurrences.pattern() instanceof NaiveStep.Uniform uniform) {
                builder.uniform(event, extra, uniform.n());
            } else if (occurrences.pattern() instanceof NaiveStep.Run run) {
                builder.run(event, extra, run.each(), run.busy(), run.period());
            }
        }
        return builder.build();
    }
}
