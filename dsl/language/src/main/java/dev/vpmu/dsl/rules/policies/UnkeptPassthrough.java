package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A guest writes a register without an exit, and what it wrote does not go and come back with it. */
public final class UnkeptPassthrough implements PolicyRule {

    private static final List<Trigger> GOING = List.of(Trigger.RETURN, Trigger.PUT, Trigger.SCHED_OUT, Trigger.EXIT);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0902", Severity.ERROR,
                "A register that is passed through is restored and cleared when the guest comes and goes.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        PolicyModel model = policy.model();
        for (AccessModel access : model.accesses()) {
            Register register = policy.register(access.register());
            // capabilities never change
            if (access.treatment() != AccessModel.Treatment.PASS || RegisterFacts.role(register) == RegisterRole.CAPABILITIES) {
                continue;
            }
            Register storage = Sequences.storage(policy, register);
            Optional<SwitchModel> switched = model.switched(storage.getName());
            List<String> missing = new ArrayList<>();
            if (switched.flatMap(SwitchModel::entry).filter(entry -> entry.mentions(Operand.GUEST)).isEmpty()
                    && !Sequences.has(policy, Sequences.steps(model, Sequences.COMING), StepModel.Kind.RESTORE, storage)) {
                missing.add("restores");
            }
            if (switched.flatMap(SwitchModel::exit).isEmpty()
                    && !Sequences.has(policy, Sequences.steps(model, GOING), StepModel.Kind.CLEAR, storage)) {
                missing.add("clears");
            }
            if (!missing.isEmpty()) {
                findings.report(access.origin().place(), Sequences.subject(policy) + " passes " + access.register() + " through, but nothing "
                        + String.join(" or ", missing) + " it; add it to 'on take' and 'on return', or switch it");
            }
        }
    }
}
