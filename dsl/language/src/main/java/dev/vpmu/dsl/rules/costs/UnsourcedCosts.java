package dev.vpmu.dsl.rules.costs;

import dev.vpmu.dsl.pmu.Cost;
import dev.vpmu.dsl.pmu.CostTable;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.Origins;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** A price that nobody can check, or of something that no machine counts. */
public final class UnsourcedCosts implements FileRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU1002", Severity.ERROR, "A cost is the price of a step that machines count, and says where it is from or that it is assumed.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(CostTable.class::isInstance).map(CostTable.class::cast).flatMap(table -> table.getCosts().stream())
                .forEach(cost -> check(cost, findings));
    }

    private static void check(Cost cost, Findings findings) {
        List<String> steps = MachineStep.texts();
        if (!steps.contains(cost.getName())) {
            String near = MachineStep.meant(cost.getName()).map(name -> "; '" + name + "' is").orElse("; they count " + String.join(", ", steps));
            findings.report(Places.of(cost, PmuPackage.eINSTANCE.getCost_Name()), "'" + cost.getName() + "' is no step that machines count" + near);
        }
        if (Origins.of(cost).sources().isEmpty() && !Origins.of(cost).assumed()) {
            findings.report(Places.ofName(cost), "nobody can check this price; say where it is from, 'from \"…\"', or that it is 'assumed'");
        }
    }
}
