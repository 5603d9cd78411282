package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.Switched;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** A register is loaded on one way between host and guest only. */
public final class OneSidedSwitches implements FileRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0903", Severity.ERROR, "A register that is switched has a value for entry and one for exit.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(Policy.class::isInstance).flatMap(policy -> ((Policy) policy).getStatements().stream())
                .filter(Switched.class::isInstance).map(Switched.class::cast).forEach(switched -> {
                    boolean entry = switched.getEntry() != null;
                    boolean exit = switched.getExit() != null;
                    if (!entry || !exit) {
                        findings.report(Places.of(switched), "the switch says nothing for " + (entry ? "exit" : exit ? "entry" : "entry and exit")
                                + "; add '" + (entry ? "exit host" : exit ? "entry guest" : "entry guest exit host")
                                + "', or another value");
                    }
                });
    }
}
