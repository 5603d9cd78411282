package dev.vpmu.testing.policies;

import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.MaskExpression;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Resolved policies as one reads them, for comparisons in tests. */
final class PolicyText {

    private PolicyText() {
    }

    /** {@code intercept read hardware else guest write guest, hardware while owned}. */
    static String access(PolicyModel policy, String register) {
        AccessModel access = policy.access(register).orElseThrow();
        String treatment = access.treatment().name().toLowerCase(Locale.ROOT);
        if (access.treatment() != AccessModel.Treatment.INTERCEPT) {
            return treatment;
        }
        return treatment + " read " + access.read().map(PolicyText::text).orElse("fault")
                + access.readOtherwise().map(otherwise -> " else " + text(otherwise)).orElse("")
                + " write " + access.writes().stream().map(PolicyText::text).collect(Collectors.joining(", "));
    }

    private static String text(WriteEffect effect) {
        return words(effect.kind()) + switch (effect.scope()) {
            case ALL -> "";
            case OWNED_BITS -> " & owned";
            case WHILE_OWNED -> " while owned";
        } + (effect.unchecked() ? " unchecked" : "");
    }

    /** {@code ENABLE entry (guest & owned) exit host by list}, one for each register. */
    static List<String> switches(PolicyModel policy) {
        return policy.switches().stream().map(PolicyText::text).toList();
    }

    private static String text(SwitchModel model) {
        return model.register() + side(" entry ", model.entry()) + side(" exit ", model.exit()) + (model.saves() ? " saving" : "")
                + " by " + words(model.means());
    }

    private static String side(String word, Optional<MaskExpression> value) {
        return value.map(expression -> word + text(expression)).orElse("");
    }

    /** {@code restore PMC, FIXED}, one for each step. */
    static List<String> steps(PolicyModel policy, Trigger trigger) {
        return policy.steps(trigger).stream().map(PolicyText::text).toList();
    }

    private static String text(StepModel step) {
        return (words(step.kind()) + " " + (step.named() ? "msr " : "") + String.join(", ", step.registers())
                + (step.ifChanged() ? " if-changed" : "")).strip();
    }

    static String text(MaskExpression expression) {
        if (expression instanceof MaskExpression.And and) {
            return "(" + text(and.left()) + " & " + text(and.right()) + ")";
        } else if (expression instanceof MaskExpression.Or or) {
            return "(" + text(or.left()) + " | " + text(or.right()) + ")";
        } else if (expression instanceof MaskExpression.Not not) {
            return "~" + text(not.operand());
        } else if (expression instanceof MaskExpression.Of of) {
            return words(of.operand());
        }
        return Long.toUnsignedString(((MaskExpression.Literal) expression).bits());
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
