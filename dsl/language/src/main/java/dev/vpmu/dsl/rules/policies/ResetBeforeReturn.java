package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** What returning the counters saves is there after the reset. */
public final class ResetBeforeReturn implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0911", Severity.ERROR, "A reset returns the counters before it clears the guest's registers.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        List<StepModel.Kind> steps = policy.model().steps(Trigger.RESET).stream().map(StepModel::kind).toList();
        int cleared = steps.indexOf(StepModel.Kind.CLEAR_GUEST);
        int returned = steps.lastIndexOf(StepModel.Kind.RETURN_OWNED);
        if (Sequences.owns(policy) && cleared >= 0 && (returned < 0 || cleared < returned)) {
            findings.report(policy.model().steps(Trigger.RESET).get(cleared).origin().place(), Sequences.subject(policy)
                    + " clears the guest's registers while it owns counters, whose values come back; put 'return owned' before it");
        }
    }
}
