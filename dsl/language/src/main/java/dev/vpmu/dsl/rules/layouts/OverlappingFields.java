package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.LayoutBits;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** Two fields of a layout take the same bits on a CPU that has both. */
public final class OverlappingFields implements SetRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0101", Severity.ERROR, "Two fields that can exist together do not overlap.");
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        EveryLayout.of(files, pmus).forEach(layout -> check(layout, findings));
    }

    private static void check(LayoutBits bits, Findings findings) {
        List<FlatField> fields = bits.layout().fields();
        for (int later = 0; later < fields.size(); later++) {
            FlatField b = fields.get(later);
            if (!EveryLayout.isOwn(bits, b)) {
                continue;
            }
            for (FlatField a : fields.subList(0, later)) {
                long shared = bits.of(a) & bits.of(b);
                if (shared != 0 && bits.together(a, b)) {
                    findings.report(Places.of(b.field(), PmuPackage.eINSTANCE.getField_Range()),
                            "field '" + b.name() + "' overlaps '" + a.name() + "' in " + text(shared) + " of "
                                    + bits.layout().layout().getName()
                                    + "; give each bit to one field, or guard them so that no CPU has both",
                            Places.ofName(a.field()));
                }
            }
            checkElements(bits, b, findings);
        }
    }

    /** An element of an array that reaches into the next one. */
    private static void checkElements(LayoutBits bits, FlatField field, Findings findings) {
        long earlier = 0;
        for (int index : bits.indexes(field)) {
            long shared = earlier & field.maskOf(index);
            if (shared != 0) {
                findings.report(Places.of(field.field(), PmuPackage.eINSTANCE.getField_Range()),
                        "field '" + field.name() + "' of counter " + index + " overlaps that of the counter before it in " + text(shared)
                                + " of " + bits.layout().layout().getName() + "; the elements are " + field.stride() + " apart, write 'by "
                                + field.width() + "' or more", Places.of(field.array(), PmuPackage.eINSTANCE.getFieldArray_Bank()));
                return;
            }
            earlier |= field.maskOf(index);
        }
    }

    /** {@code bit 7}, {@code bits 9:7}; where the bits are scattered, the lowest run of them. */
    private static String text(long mask) {
        int low = Long.numberOfTrailingZeros(mask);
        int high = low + Long.numberOfTrailingZeros(~(mask >>> low)) - 1;
        return high == low ? "bit " + low : "bits " + Math.min(high, 63) + ":" + low;
    }
}
