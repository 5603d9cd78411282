package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.AliasAttribute;
import dev.vpmu.dsl.pmu.ClearsAttribute;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RegisterAttribute;
import dev.vpmu.dsl.pmu.SetsAttribute;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** A register that clears, sets or shows another one names a register for which this makes no sense. */
public final class RegisterTargets implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0203", Severity.ERROR,
                "'clears' and 'sets' name a status register, and 'alias of' a register that is no alias.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_STATEMENTS;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        for (Register register : pmu.registers()) {
            for (RegisterAttribute attribute : register.getAttributes()) {
                if (attribute instanceof ClearsAttribute clears) {
                    checkStatus(register, "clears", clears.getTarget(), clears, pmu, findings);
                } else if (attribute instanceof SetsAttribute sets) {
                    checkStatus(register, "sets", sets.getTarget(), sets, pmu, findings);
                } else if (attribute instanceof AliasAttribute alias) {
                    checkAlias(register, alias, pmu, findings);
                }
            }
        }
    }

    private static void checkStatus(Register register, String verb, Register named, RegisterAttribute attribute, FlatPmu pmu,
            Findings findings) {
        if (named == null || named.eIsProxy()) {
            return;
        }
        Register target = pmu.current(named);
        if (RegisterFacts.role(target) != RegisterRole.STATUS) {
            findings.report(Places.of(attribute, attribute.eClass().getEStructuralFeature("target")), "'" + register.getName()
                    + "' " + verb + " '" + target.getName() + "', which is no status register; name one that 'is status'",
                    Places.ofName(target));
        }
    }

    private static void checkAlias(Register register, AliasAttribute alias, FlatPmu pmu, Findings findings) {
        if (alias.getTarget() == null || alias.getTarget().eIsProxy()) {
            return;
        }
        Register target = pmu.current(alias.getTarget());
        if (target == register) {
            findings.report(Places.of(alias, PMU.getAliasAttribute_Target()), "'" + register.getName()
                    + "' is an alias of itself; name the register whose storage it shows");
            return;
        }
        RegisterFacts.aliasOf(target).map(pmu::current).ifPresent(next -> findings.report(Places.of(alias, PMU.getAliasAttribute_Target()),
                "'" + target.getName() + "' is an alias itself; "
                        + (next == register || next == target ? "one of the two has to hold the bits"
                                : "write 'alias of " + next.getName() + "'"),
                Places.ofName(target)));
    }
}
