package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.pmu.Clocks;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import org.eclipse.emf.ecore.EStructuralFeature;

/** A clock that stands still, or is faster than any: most likely a number that is not in MHz. */
public final class ImpossibleClocks implements FileRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;
    private static final long FASTEST = 1_000_000;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0306", Severity.ERROR, "A clock runs at 1 to 1,000,000 MHz.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(Pmu.class::isInstance).map(Pmu.class::cast)
                .flatMap(pmu -> PmuChain.statements(pmu, Clocks.class).stream()).forEach(clocks -> {
                    check(clocks, PMU.getClocks_Core(), clocks.getCore(), findings);
                    check(clocks, PMU.getClocks_Tsc(), clocks.getTsc(), findings);
                    check(clocks, PMU.getClocks_Bus(), clocks.getBus(), findings);
                });
    }

    private static void check(Clocks clocks, EStructuralFeature clock, Long megahertz, Findings findings) {
        if (megahertz != null && (megahertz == 0 || Long.compareUnsigned(megahertz, FASTEST) > 0)) {
            findings.report(Places.of(clocks, clock), "'" + clock.getName() + "' cannot run at " + Long.toUnsignedString(megahertz)
                    + " MHz; say 1 to " + FASTEST + ", in MHz");
        }
    }
}
