package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.StepModel.Kind;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.pmu.Route;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** An overflow of a counter that the guest owns does not get to the guest, or not into its status. */
public final class LostOverflows implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0912", Severity.WARNING,
                "An overflow of a counter that the guest owns reaches it by its PMI and in its status.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        if (!Sequences.owns(policy)) {
            return;
        }
        PolicyModel model = policy.model();
        if (model.route().byEvent()) {
            findings.report(policy.nearest(Route.class).map(Places::of).orElseGet(() -> Places.ofName(policy.policy())),
                    Sequences.subject(policy) + " waits for a host event to overflow, which no counter that the guest owns has; write 'pmi by callback'");
        } else if (model.sequences().stream().flatMap(sequence -> sequence.steps().stream()).noneMatch(step -> step.kind() == Kind.ROUTE_TO_GUEST)) {
            findings.report(Sequences.place(policy, List.of(Trigger.LOAD)), Sequences.subject(policy)
                    + " never tells the guest's PMU of an overflow; add 'route pmi to guest' to 'on load'");
        }
        List<StepModel> overflow = model.steps(Trigger.OVERFLOW);
        boolean requests = overflow.stream().anyMatch(step -> step.kind() == Kind.REQUEST_PMI || step.kind() == Kind.REQUEST_PMI_ALWAYS);
        boolean merges = policy.registers(RegisterRole.STATUS).isEmpty() || overflow.stream().anyMatch(step -> step.kind() == Kind.MERGE);
        if (!requests || !merges) {
            findings.report(Sequences.place(policy, List.of(Trigger.OVERFLOW)), Sequences.subject(policy) + " "
                    + (merges ? "asks for no PMI" : requests ? "does not put overflows into the guest's status"
                            : "does nothing when a counter overflows that the guest owns")
                    + "; write 'on overflow merge status, request pmi'");
        }
        List<Trigger> going = Sequences.going(model);
        if (!policy.registers(RegisterRole.STATUS).isEmpty()
                && Sequences.steps(model, going).stream().noneMatch(step -> step.kind() == Kind.MERGE)) {
            findings.report(Sequences.place(policy, going), Sequences.subject(policy)
                    + " returns counters without the overflows that nobody has seen yet; add 'merge status'");
        }
    }
}
