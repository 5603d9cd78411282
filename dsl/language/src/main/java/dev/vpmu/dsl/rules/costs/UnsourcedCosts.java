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
import dev.vpmu.dsl.scoping.NearestName;
import java.util.List;

/** A price that nobody can check, or of something that no machine counts. */
public final class UnsourcedCosts implements FileRule {

    /** What a machine counts: the lab's {@code CostStep}. */
    private static final List<String> STEPS = List.of("vm_exit", "msr_switch", "access", "rdmsr", "wrmsr", "rdpmc", "event_create", "event_release",
            "event_pause", "event_resume", "event_period", "nmi", "irq_work", "kick", "injection");

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
        if (!STEPS.contains(cost.getName())) {
            String near = NearestName.to(cost.getName(), STEPS).map(name -> "; '" + name + "' is").orElse("; they count " + String.join(", ", STEPS));
            findings.report(Places.of(cost, PmuPackage.eINSTANCE.getCost_Name()), "'" + cost.getName() + "' is no step that machines count" + near);
        }
        if (Origins.of(cost).sources().isEmpty() && !Origins.of(cost).assumed()) {
            findings.report(Places.ofName(cost), "nobody can check this price; say where it is from, 'from \"…\"', or that it is 'assumed'");
        }
    }
}
