package dev.vpmu.dsl.scoping;

import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.Policy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A policy and everything that it extends. */
public final class PolicyChain {

    private PolicyChain() {
    }

    /** The policy and its ancestors, nearest first; ends where a parent is missing or would come round again. */
    public static List<Policy> of(Policy policy) {
        Set<Policy> chain = new LinkedHashSet<>();
        for (Policy next = policy; next != null && !next.eIsProxy() && chain.add(next); next = next.getParent()) {
            // the set ends the walk at a cycle
        }
        return new ArrayList<>(chain);
    }

    /** Whether the whole chain is there: no parent is missing, and none comes round again. */
    public static boolean isWhole(Policy policy) {
        List<Policy> chain = of(policy);
        return !chain.isEmpty() && chain.get(chain.size() - 1).getParent() == null;
    }

    /** The pmu whose registers and capabilities the policy can name: that of the nearest {@code for}; {@code null} where there is none. */
    public static Pmu pmu(Policy policy) {
        return of(policy).stream().map(Policy::getPmu).filter(pmu -> pmu != null).findFirst().orElse(null);
    }
}
