package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.pmu.BitRange;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.Iterator;
import org.eclipse.emf.ecore.EObject;

/** A range of bits that begins with its lowest bit. */
public final class ReversedBits implements FileRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0104", Severity.ERROR, "A range of bits is written from high to low.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(element -> !(element instanceof EventTable)).forEach(element -> {
            for (Iterator<EObject> parts = element.eAllContents(); parts.hasNext();) {
                if (parts.next() instanceof BitRange range && range.getHigh() != null && range.getLow() != null
                        && Long.compareUnsigned(range.getHigh(), range.getLow()) < 0) {
                    findings.report(Places.of(range), "bits are written from high to low: ["
                             + Numbers.low(range) + ":" + Numbers.high(range) + "]");
                }
            }
        });
    }
}
