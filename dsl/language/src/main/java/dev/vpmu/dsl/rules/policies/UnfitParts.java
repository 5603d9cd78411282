package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.SequenceModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect.Kind;
import dev.vpmu.dsl.pmu.Conflict;
import dev.vpmu.dsl.pmu.PolicyStatement;
import dev.vpmu.dsl.pmu.Reprogram;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A policy that owns no counter does something with the hardware of counters, or one that owns some does something with host events. */
public final class UnfitParts implements PolicyRule {

    private static final Set<StepModel.Kind> WITHOUT_COUNTERS = EnumSet.of(StepModel.Kind.CLEAR_GUEST, StepModel.Kind.REQUEST_PMI,
            StepModel.Kind.REQUEST_PMI_ALWAYS, StepModel.Kind.RELEASE_IDLE);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0918", Severity.ERROR,
                "Only a policy that owns counters takes, returns and writes them, and only one that owns none has host events.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        if (Sequences.owns(policy)) {
            checkOwning(policy, findings);
        } else {
            checkOwningNothing(policy, findings);
        }
    }

    private static void checkOwningNothing(FlatPolicy policy, Findings findings) {
        String subject = "policy '" + policy.name() + "' owns no counter, so ";
        PolicyModel model = policy.model();
        for (AccessModel access : model.accesses()) {
            if (access.treatment() == Treatment.PASS || access.does(Kind.HARDWARE)) {
                findings.report(access.origin().place(), subject + "the guest must not write " + access.register()
                        + " of the host; write 'write guest, reprogram'");
            }
        }
        own(policy, Conflict.class).ifPresent(conflict -> findings.report(Places.of(conflict), subject + "nothing conflicts; remove 'on conflict'"));
        for (SequenceModel sequence : model.sequences()) {
            Trigger trigger = sequence.trigger();
            if (trigger == Trigger.TAKE || trigger == Trigger.RETURN || trigger == Trigger.OVERFLOW) {
                findings.report(sequence.origin().place(), subject + "'on " + trigger.text() + "' never happens; remove it");
                continue;
            }
            sequence.steps().stream().filter(step -> !WITHOUT_COUNTERS.contains(step.kind())).forEach(step ->
                    findings.report(step.origin().place(), subject + "this step has no counter to work on; remove it"));
        }
    }

    private static void checkOwning(FlatPolicy policy, Findings findings) {
        String subject = "policy '" + policy.name() + "' owns counters, so ";
        PolicyModel model = policy.model();
        for (AccessModel access : model.accesses()) {
            boolean reads = access.read().filter(read -> read.mentions(Operand.EVENTS)).isPresent()
                    || access.readOtherwise().filter(read -> read.mentions(Operand.EVENTS)).isPresent();
            if (reads || access.does(Kind.REPROGRAM)) {
                findings.report(access.origin().place(), subject + access.register() + " has no host event to " + (reads ? "read" : "reprogram")
                        + "; say 'hardware while owned', or 'owns no counter'");
            }
        }
        own(policy, Reprogram.class).ifPresent(reprogram ->
                findings.report(Places.of(reprogram), subject + "there is no host event to reprogram; remove 'reprogram'"));
        model.sequences().forEach(sequence -> sequence.steps().stream().filter(step -> step.kind() == StepModel.Kind.RELEASE_IDLE).forEach(step ->
                findings.report(step.origin().place(), subject + "there are no host events to release; remove 'release idle'")));
    }

    /** The policy's own statement: an inherited one cannot be taken away, and does nothing. */
    private static <T extends PolicyStatement> Optional<T> own(FlatPolicy policy, Class<T> kind) {
        return policy.nearest(kind).filter(statement -> statement.eContainer() == policy.policy());
    }
}
