package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.PolicyUse;
import dev.vpmu.dsl.pmu.Requires;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.resolve.policies.Targets;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PolicyChain;
import java.util.ArrayList;
import java.util.List;

/** A cpu lists a policy that it cannot have; {@code hypothetical} lets it, for studies. */
public final class UnmetRequirements implements PolicyRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0807", Severity.ERROR, "A cpu meets what its policies require, or marks them hypothetical.");
    }

    @Override
    public void check(FlatPolicy policy, Findings findings) {
        PolicyUse use = policy.use().orElse(null);
        if (use == null || !policy.pmu().isCpu()) {
            return;
        }
        Pmu pmu = PolicyChain.pmu(policy.policy());
        if (pmu != null && !pmu.eIsProxy() && !policy.pmu().chain().contains(pmu)) {
            findings.report(Places.of(use, PmuPackage.eINSTANCE.getPolicyUse_Policy()), "policy '" + policy.name() + "' is for " + pmu.getName()
                    + ", which " + policy.pmu().name() + " does not extend", Places.ofName(policy.policy()));
            return;
        }
        List<String> unmet = unmet(policy);
        if (!unmet.isEmpty() && !use.isHypothetical()) {
            findings.report(Places.of(use, PmuPackage.eINSTANCE.getPolicyUse_Policy()), policy.pmu().name() + " does not meet what policy '"
                    + policy.name() + "' requires: " + String.join(", ", unmet) + "; take the policy out, or mark it 'hypothetical'",
                    Places.ofName(policy.policy()));
        }
    }

    /** What the policy requires and the pmu does not have, as one writes it. */
    static List<String> unmet(FlatPolicy policy) {
        FlatPmu pmu = policy.pmu();
        List<String> unmet = new ArrayList<>();
        List<Requires> all = policy.all(Requires.class);
        all.stream().filter(requires -> requires.getVersion() != null).reduce((earlier, later) -> later)
                .filter(requires -> pmu.version() < Numbers.intOf(requires.getVersion()))
                .ifPresent(requires -> unmet.add("version " + requires.getVersion()));
        all.stream().flatMap(requires -> requires.getRoles().stream()).distinct()
                .filter(role -> Targets.roles(role).stream().allMatch(single -> pmu.registers(single).isEmpty()))
                .forEach(role -> unmet.add("a register of role '" + Targets.text(role) + "'"));
        all.stream().flatMap(requires -> requires.getCapabilities().stream()).filter(capability -> !capability.eIsProxy()).distinct()
                .filter(capability -> pmu.capabilities().value(capability) == 0).map(Capability::getName)
                .forEach(name -> unmet.add("capability '" + name + "'"));
        return unmet;
    }
}
