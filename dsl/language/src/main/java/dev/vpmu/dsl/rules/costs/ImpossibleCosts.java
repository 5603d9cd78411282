package dev.vpmu.dsl.rules.costs;

import dev.vpmu.dsl.pmu.Cost;
import dev.vpmu.dsl.pmu.CostTable;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.TimeUnit;
import dev.vpmu.dsl.resolve.CostResolver;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.CostChain;
import java.math.BigDecimal;
import java.util.Optional;

/** A price or a clock that is no number, a price in cycles of no clock, a range from high to low, a table for no cpu. */
public final class ImpossibleCosts implements FileRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU1003", Severity.ERROR, "Costs are numbers, ranges from low to high, cycles of a clock that is said, and for a cpu.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(CostTable.class::isInstance).map(CostTable.class::cast).forEach(table -> check(table, findings));
    }

    private static void check(CostTable table, Findings findings) {
        if (CostChain.of(table).stream().allMatch(part -> part.getCpu() == null)) {
            findings.report(Places.ofName(table), "'" + table.getName() + "' is for no cpu; say 'for' and its name");
        }
        if (table.getClock() != null && CostResolver.number(table.getClock()).filter(clock -> clock.signum() > 0).isEmpty()) {
            findings.report(Places.of(table, PMU.getCostTable_Clock()), "'" + table.getClock() + "' is no frequency; write a decimal number above 0");
        }
        boolean hasClock = CostChain.of(table).stream().anyMatch(part -> part.getClock() != null);
        table.getCosts().forEach(cost -> check(cost, hasClock, findings));
    }

    private static void check(Cost cost, boolean hasClock, Findings findings) {
        Optional<BigDecimal> low = CostResolver.number(cost.getLow());
        Optional<BigDecimal> high = cost.getHigh() == null ? low : CostResolver.number(cost.getHigh());
        if (low.isEmpty()) {
            findings.report(Places.of(cost, PMU.getCost_Low()), "'" + cost.getLow() + "' is no price; write a decimal number");
        } else if (high.isEmpty()) {
            findings.report(Places.of(cost, PMU.getCost_High()), "'" + cost.getHigh() + "' is no price; write a decimal number");
        } else if (low.get().compareTo(high.get()) > 0) {
            findings.report(Places.of(cost, PMU.getCost_Low()), "the range goes from high to low; write " + cost.getHigh() + ".." + cost.getLow());
        }
        if (cost.getUnit() == TimeUnit.CYCLES && !hasClock) {
            findings.report(Places.of(cost, PMU.getCost_Unit()), "nobody knows how long a cycle takes; say 'at' and a frequency in the table's first line");
        }
    }
}
