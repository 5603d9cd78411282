package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.List;

/** A counter goes back to the host as the guest left it, or without the guest having got its value. */
public final class UnclearedReturns implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0905", Severity.ERROR, "A counter is returned with its selector and its value cleared, after it was saved.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        if (!Sequences.owns(policy)) {
            return;
        }
        var going = Sequences.going(policy.model());
        List<StepModel> steps = Sequences.steps(policy.model(), going);
        List<String> left = new ArrayList<>();
        for (RegisterRole role : List.of(RegisterRole.SELECTOR, RegisterRole.VALUE)) {
            for (Register register : policy.registers(role)) {
                boolean hidden = policy.model().access(register.getName()).filter(access -> access.treatment() == Treatment.HIDE).isPresent();
                if (!hidden && !Sequences.has(policy, steps, StepModel.Kind.CLEAR, register)) {
                    left.add(register.getName());
                }
            }
        }
        if (!left.isEmpty()) {
            findings.report(Sequences.place(policy, going), Sequences.subject(policy) + " returns a counter without clearing "
                    + String.join(", ", left) + ": it goes on counting, or shows the guest's count; add 'clear selector' and 'clear value'");
        }
        int cleared = Sequences.first(policy, steps, StepModel.Kind.CLEAR, RegisterRole.VALUE);
        if (cleared >= 0 && cleared < Sequences.last(policy, steps, StepModel.Kind.SAVE, RegisterRole.VALUE)) {
            findings.report(steps.get(cleared).origin().place(), Sequences.subject(policy)
                    + " clears a counter before it is saved; put 'save value' before 'clear value'");
        }
    }
}
