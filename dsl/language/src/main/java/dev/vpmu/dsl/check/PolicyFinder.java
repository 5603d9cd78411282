package dev.vpmu.dsl.check;

import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.scoping.PolicyChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Over which registers the policies are laid that are to be checked. */
final class PolicyFinder {

    private PolicyFinder() {
    }

    /** The policies of the cpus, and, on the pmu that it is for, each of the files' that no cpu has and that nothing extends. */
    static List<FlatPolicy> policies(List<PmuFile> files, List<FlatPmu> pmus) {
        List<FlatPolicy> found = new ArrayList<>();
        pmus.stream().filter(FlatPmu::isCpu).forEach(cpu -> cpu.policies().forEach(use -> found.add(new FlatPolicy(use, cpu))));
        Set<Policy> needed = new LinkedHashSet<>();
        found.forEach(policy -> needed.addAll(PolicyChain.of(policy.policy())));
        List<Policy> own = own(files);
        own.forEach(policy -> PolicyChain.of(policy).stream().skip(1).forEach(needed::add));
        Map<Pmu, FlatPmu> flat = new HashMap<>();
        for (Policy policy : own) {
            Pmu pmu = PolicyChain.pmu(policy);
            if (!needed.contains(policy) && pmu != null && !pmu.eIsProxy()) {
                found.add(new FlatPolicy(policy, flat.computeIfAbsent(pmu, FlatPmu::new)));
            }
        }
        return found;
    }

    private static List<Policy> own(List<PmuFile> files) {
        List<Policy> own = new ArrayList<>();
        for (PmuFile file : files) {
            for (Element element : file.getElements()) {
                if (element instanceof Policy policy && policy.getName() != null) {
                    own.add(policy);
                }
            }
        }
        return own;
    }
}
