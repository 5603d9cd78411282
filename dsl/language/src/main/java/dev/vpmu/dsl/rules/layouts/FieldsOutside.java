package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.LayoutBits;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.List;

/** A field, or the element of an array's last counter, reaches beyond the register; or the register is no register. */
public final class FieldsOutside implements SetRule {

    private static final int WIDEST = 64;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0102", Severity.ERROR, "Every field, and every element of an array, lies inside its layout.");
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        EveryLayout.of(files).forEach(layout -> checkWidth(layout, findings));
        for (LayoutBits bits : EveryLayout.of(files, pmus)) {
            for (FlatField field : bits.layout().fields()) {
                if (EveryLayout.isOwn(bits, field)) {
                    check(bits, field, findings);
                }
            }
        }
    }

    private static void checkWidth(Layout layout, Findings findings) {
        Long width = layout.getWidth();
        if (width != null && (width == 0 || Long.compareUnsigned(width, WIDEST) > 0)) {
            findings.report(Places.of(layout, PmuPackage.eINSTANCE.getLayout_Width()), "layout '" + layout.getName() + "' has "
                    + Long.toUnsignedString(width) + " bits; a register has 1 to " + WIDEST);
        }
    }

    private static void check(LayoutBits bits, FlatField field, Findings findings) {
        int width = Math.min(bits.layout().width(), WIDEST);
        if (width == 0) {
            return;
        }
        String room = "; " + bits.layout().layout().getName() + " has bits " + (width - 1) + ":0";
        if (field.array() == null) {
            long high = highest(field, 0);
            if (high >= width) {
                findings.report(Places.of(field.field(), PmuPackage.eINSTANCE.getField_Range()),
                        "field '" + field.name() + "' reaches bit " + high + room, widthOf(bits));
            }
            return;
        }
        Bank bank = field.array().getBank();
        for (int index : bits.indexes(field)) {
            long high = highest(field, index);
            if (high >= width) {
                findings.report(Places.of(field.field(), PmuPackage.eINSTANCE.getField_Range()),
                        "field '" + field.name() + "' of counter " + bank.getName() + "[" + index + "] reaches bit " + high + room,
                        bits.pmu().flatMap(pmu -> pmu.bank(bank)).map(FlatBank::declaration).map(Places::of).orElse(null));
                return;
            }
        }
    }

    private static long highest(FlatField field, int index) {
        return (field.array() == null ? 0 : field.lowOf(index) - (long) field.low())
                + Math.max(Numbers.high(field.field().getRange()), Numbers.low(field.field().getRange()));
    }

    /** Where the width is said, if an ancestor says it. */
    private static Place widthOf(LayoutBits bits) {
        return PmuChain.of(bits.layout().layout()).stream().filter(layout -> layout.getWidth() != null).findFirst()
                .map(layout -> Places.of(layout, PmuPackage.eINSTANCE.getLayout_Width())).orElse(null);
    }
}
