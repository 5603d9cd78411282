package dev.vpmu.dsl.rules.versions;

import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** A cpu that nothing tells apart. */
public final class UnsignedCpus implements PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0801", Severity.ERROR, "A cpu has a signature.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_STATEMENTS;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        if (pmu.isCpu() && pmu.signatures().isEmpty()) {
            findings.report(Places.ofName(pmu.pmu()), "cpu " + pmu.name() + " has no signature; say which family and models it is, "
                    + "'signature GenuineIntel family 6 model 0x4F', or make it a 'pmu'");
        }
    }
}
