package dev.vpmu.dsl.rules.versions;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** The registers that architectural version 2 brings. */
public final class GlobalRegisters implements PmuRule {

    private static final List<RegisterRole> ROLES = List.of(RegisterRole.ENABLE, RegisterRole.STATUS, RegisterRole.CLEAR);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0804", Severity.ERROR,
                "Version 2 or later has registers that enable, show and clear for all counters at once; version 1 has none of them.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_STATEMENTS;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        if (pmu.version() == 1) {
            ROLES.stream().flatMap(role -> pmu.registers(role).stream()).forEach(register -> findings.report(Places.ofName(register),
                    register.getName() + " came with version 2, but " + pmu.name() + " has version 1", VersionPlaces.inherited(pmu)));
        } else if (pmu.version() > 1 && pmu.isCpu()) {
            String missing = VersionPlaces.missing(pmu, ROLES);
            if (!missing.isEmpty()) {
                findings.report(VersionPlaces.of(pmu), "version " + pmu.version() + " has global registers; "
                        + pmu.name() + " has none that " + missing, VersionPlaces.inherited(pmu));
            }
        }
    }
}
