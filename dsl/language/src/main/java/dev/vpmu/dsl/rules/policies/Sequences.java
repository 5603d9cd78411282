package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import java.util.ArrayList;
import java.util.List;

/** What a policy does when counters come and go. */
final class Sequences {

    /** When a guest's registers can get into the hardware. */
    static final List<Trigger> COMING = List.of(Trigger.TAKE, Trigger.LOAD, Trigger.SCHED_IN);

    private Sequences() {
    }

    static boolean owns(FlatPolicy policy) {
        return policy.model().ownership() != Ownership.NONE;
    }

    /** When counters stop being the guest's: on return and, where it has all while it is loaded, when it stops being loaded. */
    static List<Trigger> going(PolicyModel model) {
        return model.ownership() == Ownership.WHILE_LOADED ? List.of(Trigger.RETURN, Trigger.PUT, Trigger.SCHED_OUT) : List.of(Trigger.RETURN);
    }

    /** The steps of some moments, one after the other. */
    static List<StepModel> steps(PolicyModel model, List<Trigger> triggers) {
        List<StepModel> steps = new ArrayList<>();
        triggers.forEach(trigger -> steps.addAll(model.steps(trigger)));
        return steps;
    }

    /** The first step of a kind with a register of the role, or with an alias of one; -1 if there is none. */
    static int first(FlatPolicy policy, List<StepModel> steps, StepModel.Kind kind, RegisterRole role) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).kind() == kind && has(policy, steps.get(i), role)) {
                return i;
            }
        }
        return -1;
    }

    /** The last such step; -1 if there is none. */
    static int last(FlatPolicy policy, List<StepModel> steps, StepModel.Kind kind, RegisterRole role) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).kind() == kind && has(policy, steps.get(i), role)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean has(FlatPolicy policy, StepModel step, RegisterRole role) {
        return step.registers().stream().anyMatch(register -> RegisterFacts.role(policy.register(register)) == role);
    }

    /** Whether a step of the kind is about the register, or about one that shows the same. */
    static boolean has(FlatPolicy policy, List<StepModel> steps, StepModel.Kind kind, Register register) {
        return steps.stream().filter(step -> step.kind() == kind).flatMap(step -> step.registers().stream())
                .anyMatch(name -> storage(policy, policy.register(name)).equals(storage(policy, register)));
    }

    /** The register whose storage it shows: itself, an alias's target, or the status that it clears or sets. */
    static Register storage(FlatPolicy policy, Register register) {
        return RegisterFacts.aliasOf(register).or(() -> RegisterFacts.changes(register)).map(policy.pmu()::current).orElse(register);
    }

    /** The statement about one of the moments, the first that there is, or the policy's name. */
    static Place place(FlatPolicy policy, List<Trigger> triggers) {
        return triggers.stream().flatMap(trigger -> policy.sequence(trigger).stream()).findFirst().map(Places::of)
                .orElseGet(() -> Places.ofName(policy.policy()));
    }

    /** {@code policy P on X}, which messages begin with: a policy may be right on one cpu and wrong on another. */
    static String subject(FlatPolicy policy) {
        return "policy '" + policy.name() + "'" + (policy.pmu().isCpu() ? " on " + policy.pmu().name() : "");
    }
}
