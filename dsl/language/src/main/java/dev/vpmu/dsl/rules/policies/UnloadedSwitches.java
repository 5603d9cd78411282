package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.WriteEffect.Kind;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** The guest writes a register of counters that it owns, and entry loads something that does not depend on it. */
public final class UnloadedSwitches implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0904", Severity.ERROR, "Entry loads a switched register that the guest can write with the guest's value.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        if (!Sequences.owns(policy)) {
            return;
        }
        for (SwitchModel switched : policy.model().switches()) {
            boolean written = policy.model().access(switched.register()).filter(UnloadedSwitches::isWritten).isPresent();
            if (written && switched.entry().filter(entry -> !entry.mentions(Operand.GUEST)).isPresent()) {
                findings.report(switched.origin().place(), Sequences.subject(policy) + " lets the guest write " + switched.register()
                        + ", but entry loads no value of the guest's; write 'entry guest & owned', or hide the register");
            }
        }
    }

    private static boolean isWritten(AccessModel access) {
        return access.treatment() == Treatment.PASS || access.does(Kind.GUEST) || access.does(Kind.HARDWARE);
    }
}
