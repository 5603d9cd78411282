package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;

/** What a list of prices is called wherever a result by it stands. */
final class PriceList {

    private PriceList() {
    }

    /** "FITTED", or "stepwise". */
    static String kind(CostTable costs) {
        return costs.isFitted() ? "FITTED" : "stepwise";
    }

    /** Its name, and the kind. */
    static String name(CostTable costs) {
        return costs.name() + ", " + kind(costs);
    }
}
