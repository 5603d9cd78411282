package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.PolicyUse;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** A cpu has a policy that no machine of it could run, or is said to have one so. */
public final class HypotheticalPolicies implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0913", Severity.INFORMATION, "A policy that is marked hypothetical cannot run on the machines of the cpu.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        policy.use().filter(PolicyUse::isHypothetical).filter(use -> policy.pmu().isCpu()).ifPresent(use -> {
            List<String> unmet = UnmetRequirements.unmet(policy);
            findings.report(Places.of(use, PmuPackage.eINSTANCE.getPolicyUse_Hypothetical()), unmet.isEmpty()
                    ? policy.pmu().name() + " meets all that policy '" + policy.name() + "' requires; 'hypothetical' can go"
                    : "no machine of " + policy.pmu().name() + " can run policy '" + policy.name() + "', which requires " + String.join(", ", unmet),
                    Places.ofName(policy.policy()));
        });
    }
}
