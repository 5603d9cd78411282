package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.UseEvents;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;

/** A pmu lists a table whose names are read against another pmu. */
public final class ForeignTables implements PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0512", Severity.ERROR, "A table is for the pmu that lists it, or for one that this extends.");
    }

    /** A part of the chain that could not be read may extend it. */
    @Override
    public Absence absence() {
        return Absence.OF_STATEMENTS;
    }

    @Override
    public void check(FlatPmu flat, Findings findings) {
        Pmu pmu = flat.pmu();
        PmuChain.statements(pmu, UseEvents.class).forEach(use -> check(pmu, use, findings));
    }

    private static void check(Pmu pmu, UseEvents use, Findings findings) {
        for (int i = 0; i < use.getTables().size(); i++) {
            EventTable table = use.getTables().get(i);
            Pmu subject = table.eIsProxy() ? null : table.getPmu();
            if (subject != null && !subject.eIsProxy() && !PmuChain.of(pmu).contains(subject)) {
                findings.report(Places.of(use, PmuPackage.eINSTANCE.getUseEvents_Tables(), i), "table " + table.getName() + " is for "
                        + subject.getName() + ", which " + pmu.getName() + " does not extend",
                        Places.of(table, PmuPackage.eINSTANCE.getEventTable_Pmu()));
            }
        }
    }
}
