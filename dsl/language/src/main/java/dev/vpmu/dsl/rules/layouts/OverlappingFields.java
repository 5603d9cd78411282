package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.LayoutBits;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.pmu.PmuPackage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Two fields of a layout take the same bits on a CPU that has both. */
public final class OverlappingFields implements PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0101", Severity.ERROR, "Two fields that can exist together do not overlap.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Set<Layout> layouts = new LinkedHashSet<>();
        pmu.registers().forEach(register -> pmu.layout(register).ifPresent(layout -> layouts.add(layout.layout())));
        layouts.forEach(layout -> check(pmu, pmu.layout(layout), findings));
    }

    private static void check(FlatPmu pmu, FlatLayout layout, Findings findings) {
        LayoutBits bits = new LayoutBits(pmu, layout);
        List<FlatField> fields = layout.fields();
        for (int later = 1; later < fields.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                FlatField a = fields.get(earlier);
                FlatField b = fields.get(later);
                long shared = bits.of(a) & bits.of(b);
                if (shared != 0 && pmu.together(a.field(), b.field())) {
                    findings.report(Places.of(b.field(), PmuPackage.eINSTANCE.getField_Range()),
                            "field '" + b.name() + "' overlaps '" + a.name() + "' in bit " + Long.numberOfTrailingZeros(shared)
                                    + " of " + layout.layout().getName() + "; give each bit to one field, or guard them so that no CPU has both",
                            Places.ofName(a.field()));
                }
            }
        }
    }
}
