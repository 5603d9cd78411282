package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Access;
import dev.vpmu.dsl.pmu.Intercept;
import dev.vpmu.dsl.pmu.MaskExpression;
import dev.vpmu.dsl.pmu.MaskOperand;
import dev.vpmu.dsl.pmu.OperandName;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.Switched;
import dev.vpmu.dsl.pmu.WriteEffect;
import dev.vpmu.dsl.pmu.WriteHardware;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.xtext.EcoreUtil2;

/**
 * {@code owned} where it has no meaning: where nothing is owned; {@code & owned} for a register whose bits are not one a counter;
 * {@code while owned} for one that does not belong to counters one by one.
 */
public final class MisplacedOwned implements PolicyRule {

    private static final Set<RegisterRole> MASK_WORDS = EnumSet.of(RegisterRole.ENABLE, RegisterRole.STATUS, RegisterRole.CLEAR,
            RegisterRole.SET, RegisterRole.USAGE);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0906", Severity.ERROR,
                "'& owned' is said of words with a bit for each counter, 'while owned' of registers and fields of counters, both only where the guest owns some.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        for (Register register : policy.pmu().registers()) {
            policy.switched(register).ifPresent(said -> checkSwitch(policy, register, said, findings));
            Access said = policy.access(register).orElse(null);
            if (said instanceof Intercept intercept) {
                checkIntercept(policy, register, intercept, findings);
            }
        }
    }

    private static void checkSwitch(FlatPolicy policy, Register register, Switched said, Findings findings) {
        checkMask(policy, register, said.getEntry(), findings);
        checkMask(policy, register, said.getExit(), findings);
    }

    private static void checkIntercept(FlatPolicy policy, Register register, Intercept said, Findings findings) {
        if (said.getOtherwise() != null) {
            checkCounters(policy, register, Places.of(said, PmuPackage.eINSTANCE.getIntercept_Otherwise()), findings);
        }
        checkMask(policy, register, said.getReading(), findings);
        checkMask(policy, register, said.getOtherwise(), findings);
        for (WriteEffect effect : said.getEffects()) {
            if (effect instanceof WriteHardware hardware && hardware.isMasked()) {
                checkMaskWord(policy, register, Places.of(effect), findings);
            } else if (effect instanceof WriteHardware hardware && hardware.isGuarded()) {
                checkCounters(policy, register, Places.of(effect), findings);
            }
        }
    }

    private static void checkMask(FlatPolicy policy, Register register, MaskExpression value, Findings findings) {
        if (value != null) {
            EcoreUtil2.eAllOfType(value, MaskOperand.class).stream().filter(operand -> operand.getOperand() == OperandName.OWNED)
                    .forEach(operand -> checkMaskWord(policy, register, Places.of(operand), findings));
        }
    }

    private static void checkMaskWord(FlatPolicy policy, Register register, Place place, Findings findings) {
        if (!Sequences.owns(policy)) {
            reportNothingOwned(policy, place, findings);
        } else if (register.getBank() != null || !MASK_WORDS.contains(RegisterFacts.role(register))) {
            findings.report(place, register.getName() + " is no word with a bit for each counter" + (belongsToCounters(policy, register)
                    ? "; write 'while owned'" : ", so 'owned' has no meaning there"), Places.ofName(register));
        }
    }

    private static void checkCounters(FlatPolicy policy, Register register, Place place, Findings findings) {
        if (!Sequences.owns(policy)) {
            reportNothingOwned(policy, place, findings);
        } else if (!belongsToCounters(policy, register)) {
            findings.report(place, register.getName() + " does not belong to counters one by one"
                    + (MASK_WORDS.contains(RegisterFacts.role(register)) ? "; write '& owned'" : ", so 'while owned' has no meaning there"),
                    Places.ofName(register));
        }
    }

    private static void reportNothingOwned(FlatPolicy policy, Place place, Findings findings) {
        findings.report(place, "policy '" + policy.name() + "' owns no counter; say 'owns each counter while locally enabled', or leave 'owned' out");
    }

    /** A register of one counter each, or one with fields for each counter. */
    private static boolean belongsToCounters(FlatPolicy policy, Register register) {
        return register.getBank() != null || RegisterFacts.role(register) == RegisterRole.SELECTOR
                && policy.pmu().layout(register).filter(layout -> layout.fields().stream().anyMatch(field -> field.array() != null)).isPresent();
    }
}
