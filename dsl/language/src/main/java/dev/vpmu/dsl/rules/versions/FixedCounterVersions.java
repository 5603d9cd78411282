package dev.vpmu.dsl.rules.versions;

import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** Fixed counters, and the bitmap that reports them, in a version that did not have them. */
public final class FixedCounterVersions implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0806", Severity.ERROR, "Fixed counters come with version 2, and their bitmap in CPUID with version 5.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        int version = pmu.version();
        Bank programmable = pmu.selector().map(Register::getBank).orElse(null);
        if (version == 0 || programmable == null) {
            return;
        }
        if (version == 1) {
            pmu.banks().stream().filter(bank -> bank.isCounters() && bank.bank() != programmable).forEach(bank ->
                    findings.report(Places.of(bank.declaration(), PMU.getCounters_Bank()), "version 1 has no fixed counters; "
                            + pmu.name() + " needs version 2 for " + bank.bank().getName(), VersionPlaces.inherited(pmu)));
        }
        if (version < 5) {
            pmu.cpuidFields().stream().filter(field -> field.isPresent() && isFixed(field.getBank(), programmable)).forEach(field ->
                    findings.report(Places.of(field), "version " + version + " of " + pmu.name() + " has no bitmap of "
                            + field.getBank().getName() + "; report 'leading " + field.getBank().getName() + "' only",
                            VersionPlaces.inherited(pmu)));
        }
    }

    private static boolean isFixed(Bank bank, Bank programmable) {
        return bank != null && !bank.eIsProxy() && bank.getIndex() != null && bank != programmable;
    }
}
