package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** The guest's counters go on in the hypervisor. */
public final class KeptCounters implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0909", Severity.WARNING, "What exit loads into the enable register has no counter that the guest owns.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        if (!Sequences.owns(policy)) {
            return;
        }
        for (SwitchModel switched : policy.model().switches()) {
            if (RegisterFacts.role(policy.register(switched.register())) == RegisterRole.ENABLE
                    && switched.exit().filter(exit -> Masks.possible(exit, Operand.OWNED, -1L) != 0).isPresent()) {
                findings.report(switched.origin().place(), Sequences.subject(policy) + " leaves counters that the guest owns enabled in "
                        + switched.register() + " after exit; write 'exit host & ~owned'");
            }
        }
    }
}
