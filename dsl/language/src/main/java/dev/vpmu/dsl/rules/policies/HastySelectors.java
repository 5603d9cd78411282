package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** A counter is made to count before it has its value. */
public final class HastySelectors implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0907", Severity.ERROR, "A counter's value is restored before its selector.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        for (Trigger trigger : Sequences.COMING) {
            List<StepModel> steps = policy.model().steps(trigger);
            int selector = Sequences.first(policy, steps, StepModel.Kind.RESTORE, RegisterRole.SELECTOR);
            if (selector >= 0 && selector < Sequences.last(policy, steps, StepModel.Kind.RESTORE, RegisterRole.VALUE)) {
                findings.report(steps.get(selector).origin().place(), Sequences.subject(policy)
                        + " restores the selector before the value, so that the counter runs from an old one; put 'restore value' before it");
            }
        }
    }
}
