package dev.vpmu.dsl.scoping;

import dev.vpmu.dsl.pmu.CostTable;
import java.util.ArrayList;
import java.util.List;

/** A table of costs and what it extends. */
public final class CostChain {

    private CostChain() {
    }

    /** The table and its ancestors, nearest first; one that extends itself stops where it would begin again. */
    public static List<CostTable> of(CostTable table) {
        List<CostTable> chain = new ArrayList<>();
        for (CostTable next = table; next != null && !next.eIsProxy() && !chain.contains(next); next = next.getParent()) {
            chain.add(next);
        }
        return chain;
    }

    /** Whether the whole chain is there: no parent is missing, and none comes round again. */
    public static boolean isWhole(CostTable table) {
        List<CostTable> chain = of(table);
        return !chain.isEmpty() && chain.get(chain.size() - 1).getParent() == null;
    }
}
