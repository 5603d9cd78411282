package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.policy.SequenceModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.StepModel.Kind;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.EnumSet;
import java.util.Set;

/** A PMI is asked for at a moment at which no counter has overflowed, or an overflow does what belongs to another moment. */
public final class MisplacedSteps implements PolicyRule {

    private static final Set<Kind> REQUESTS = EnumSet.of(Kind.REQUEST_PMI, Kind.REQUEST_PMI_ALWAYS);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0920", Severity.ERROR, "The guest's PMI is asked for on overflow, where nothing else is done than to merge the status.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        policy.model().sequences().forEach(sequence -> sequence.steps().forEach(step -> check(policy, sequence, step, findings)));
    }

    private static void check(FlatPolicy policy, SequenceModel sequence, StepModel step, Findings findings) {
        boolean isOverflow = sequence.trigger() == Trigger.OVERFLOW;
        boolean isRequest = REQUESTS.contains(step.kind());
        if (isRequest && !isOverflow) {
            findings.report(step.origin().place(), Sequences.subject(policy) + " asks for a PMI on " + sequence.trigger().text()
                    + ", where no counter has overflowed; write 'merge status', which does what 'on overflow' says, or nothing");
        } else if (isOverflow && Sequences.owns(policy) && !isRequest && step.kind() != Kind.MERGE) {
            findings.report(step.origin().place(), Sequences.subject(policy)
                    + " does more on overflow than to merge the status and to ask for a PMI; say this of another moment");
        }
    }
}
