package dev.vpmu.dsl.resolve.policies;

import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.pmu.PlainStep;
import dev.vpmu.dsl.pmu.RegisterStep;
import dev.vpmu.dsl.pmu.RestoreStep;
import dev.vpmu.dsl.pmu.Sequence;
import dev.vpmu.dsl.pmu.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Turns the words of triggers and steps, which the parser hands over with or without the spaces between them, into the model's. */
public final class PolicyWords {

    private static final Map<String, StepModel.Kind> STEPS = Map.ofEntries(
            Map.entry("clearguest", StepModel.Kind.CLEAR_GUEST),
            Map.entry("takeremembered", StepModel.Kind.TAKE_REMEMBERED),
            Map.entry("takeall", StepModel.Kind.TAKE_ALL),
            Map.entry("returnowned", StepModel.Kind.RETURN_OWNED),
            // what is not owned cannot be returned
            Map.entry("returnall", StepModel.Kind.RETURN_OWNED),
            Map.entry("rememberowned", StepModel.Kind.REMEMBER_OWNED),
            Map.entry("routepmitoguest", StepModel.Kind.ROUTE_TO_GUEST),
            Map.entry("routepmitohost", StepModel.Kind.ROUTE_TO_HOST),
            Map.entry("requestpmi", StepModel.Kind.REQUEST_PMI),
            Map.entry("requestpmialways", StepModel.Kind.REQUEST_PMI_ALWAYS),
            Map.entry("releaseidle", StepModel.Kind.RELEASE_IDLE));

    private PolicyWords() {
    }

    /** The moments that a sequence is for, in the order in which they are written. */
    public static List<Trigger> triggers(Sequence sequence) {
        return sequence.getTriggers().stream().map(PolicyWords::trigger).filter(Objects::nonNull).toList();
    }

    private static Trigger trigger(String words) {
        String squeezed = squeeze(words);
        for (Trigger trigger : Trigger.values()) {
            if (squeeze(trigger.text()).equals(squeezed)) {
                return trigger;
            }
        }
        return null;
    }

    /** What a step does; {@code null} where its words could not be read. */
    public static StepModel.Kind kind(Step step) {
        if (step instanceof RegisterStep register) {
            return StepModel.Kind.valueOf(register.getVerb().name());
        }
        return step instanceof RestoreStep ? StepModel.Kind.RESTORE : STEPS.get(squeeze(((PlainStep) step).getWords()));
    }

    private static String squeeze(String words) {
        return words == null ? "" : words.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }
}
