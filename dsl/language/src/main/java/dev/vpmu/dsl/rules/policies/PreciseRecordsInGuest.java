package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.Optional;

/** The host's precise records stay on while the guest runs: the hardware would write them into the guest's memory. */
public final class PreciseRecordsInGuest implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0910", Severity.WARNING, "No precise record of the host's stays enabled across entry.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        for (Register register : policy.registers(RegisterRole.PRECISE_ENABLE)) {
            Optional<SwitchModel> switched = policy.model().switched(register.getName());
            // with no bit of the guest's, nothing may be left
            if (switched.isEmpty() || switched.flatMap(SwitchModel::entry).filter(entry -> Masks.possible(entry, Operand.GUEST, 0) != 0).isPresent()) {
                findings.report(switched.map(said -> said.origin().place()).orElseGet(() -> Places.ofName(policy.policy())),
                        Sequences.subject(policy) + " lets " + register.getName()
                        + " keep the host's precise records enabled in the guest; write 'switch precise enable entry 0 exit host by list'");
            }
        }
    }
}
