package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.Origin;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.ConflictAnswer;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.SequenceModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.Trigger;
import java.util.Locale;
import java.util.Optional;

/** What a policy says, as the cause of something. */
final class Statements {

    private Statements() {
    }

    /** That the sequence of a trigger does not do something: {@code clear}, {@code it}. */
    static Cause lacks(PolicyModel policy, Trigger trigger, String verb, String object) {
        return sequence(policy, trigger)
                .map(sequence -> sequence.steps().isEmpty()
                        ? new Cause(sequence.origin(), "'on " + trigger.text() + "' does nothing")
                        : new Cause(sequence.origin(), "'on " + trigger.text() + "' does not " + verb + " " + object))
                .orElseGet(() -> missing(policy, "no 'on " + trigger.text() + "' is there to " + verb + " " + object));
    }

    /** That the sequence of a trigger does something it should not. */
    static Cause sequence(PolicyModel policy, Trigger trigger, String text) {
        return new Cause(sequence(policy, trigger).map(SequenceModel::origin).orElse(policy.origin()), text);
    }

    /** That the policy does not say something. */
    static Cause missing(PolicyModel policy, String text) {
        return new Cause(policy.origin(), text);
    }

    /** An access: {@code writes it}. */
    static Cause access(AccessModel access, String text) {
        String name = switch (access.treatment()) {
            case PASS -> "passthrough";
            case INTERCEPT, HIDE, SHARE -> access.treatment().name().toLowerCase(Locale.ROOT);
        };
        return new Cause(access.origin(), "'" + name + "' of " + access.register() + " " + text);
    }

    static Cause step(StepModel step, String text) {
        return new Cause(step.origin(), "'" + step.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "' " + text);
    }

    static Cause switched(SwitchModel model, String text) {
        return new Cause(model.origin(), "'switch' of " + model.register() + " " + text);
    }

    /** Where the statement about a sequence stands, if there is one. */
    static Optional<Origin> origin(PolicyModel policy, Trigger trigger) {
        return sequence(policy, trigger).map(SequenceModel::origin);
    }

    private static Optional<SequenceModel> sequence(PolicyModel policy, Trigger trigger) {
        return policy.sequences().stream().filter(sequence -> sequence.trigger() == trigger).findFirst();
    }

    /** Whether the guest can read what the register's hardware holds, with or without an exit. */
    static boolean showsHardware(AccessModel access) {
        return access.treatment() == Treatment.PASS || access.treatment() == Treatment.INTERCEPT
                && (access.read().filter(read -> read.mentions(Operand.HARDWARE)).isPresent()
                        || access.readOtherwise().filter(read -> read.mentions(Operand.HARDWARE)).isPresent());
    }

    /** Whether a take can leave a host event where it is. */
    static boolean canRefuse(PolicyModel policy) {
        return !policy.conflict().contains(ConflictAnswer.EVICT) && !policy.conflict().contains(ConflictAnswer.OVERLOOK);
    }

    /** Whether the host has no counter at all while the guest's vCPU is loaded. */
    static boolean ownsEverything(PolicyModel policy) {
        return policy.ownership() == Ownership.WHILE_LOADED && !canRefuse(policy)
                && policy.steps(Trigger.LOAD).stream().anyMatch(step -> step.kind() == StepModel.Kind.TAKE_ALL);
    }
}
