package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.pmu.BitRange;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.LayoutBits;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The fields that share a role do not make one number of it. */
public final class RoleSlices implements SetRule {

    /** The roles that hold more than a flag. */
    private static final Set<FieldRole> NUMBERS = EnumSet.of(FieldRole.EVENT_CODE, FieldRole.UNIT_MASK, FieldRole.THRESHOLD);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0103", Severity.ERROR,
                "The fields of one role hold different slices of it, without a gap between them, each as wide as its slice.");
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        for (LayoutBits bits : EveryLayout.of(files, pmus)) {
            List<FlatField> fields = bits.layout().fields();
            for (int i = 0; i < fields.size(); i++) {
                FlatField field = fields.get(i);
                if (hasSlice(field) && EveryLayout.isOwn(bits, field) && isInOrder(field)) {
                    checkWidth(field, findings);
                    checkTwice(bits, field, fields.subList(0, i), findings);
                    if (bits.layout().isWhole()) {
                        checkGap(field, fields, findings);
                    }
                }
            }
        }
    }

    private static void checkWidth(FlatField field, Findings findings) {
        BitRange slice = field.field().getSlice();
        int width = slice == null ? field.width() : Numbers.high(slice) - Numbers.low(slice) + 1;
        if (width != field.width()) {
            findings.report(Places.of(field.field(), PmuPackage.eINSTANCE.getField_Slice()), "field '" + field.name() + "' has "
                    + field.width() + (field.width() == 1 ? " bit" : " bits") + ", its slice of " + field.role().text() + " " + width + "; write '"
                    + slice(field.roleLow(), field.width()) + "'", Places.of(field.field(), PmuPackage.eINSTANCE.getField_Range()));
        }
    }

    private static void checkTwice(LayoutBits bits, FlatField field, List<FlatField> earlier, Findings findings) {
        for (FlatField other : earlier) {
            if (sameRole(field, other) && (slice(field) & slice(other)) != 0 && bits.together(field, other)) {
                findings.report(Places.of(field.field(), field.field().getSlice() == null
                                ? PmuPackage.eINSTANCE.getField_Role() : PmuPackage.eINSTANCE.getField_Slice()),
                        "field '" + field.name() + "' holds the same bits of " + field.role().text() + " as '" + other.name()
                                + "'; " + remedy(field, other), Places.ofName(other.field()));
                return;
            }
        }
    }

    private static String remedy(FlatField field, FlatField other) {
        return NUMBERS.contains(field.role())
                ? "give each a slice of its own: 'is " + field.role().text() + " "
                        + slice(other.roleLow() + other.width(), field.width()) + "'"
                : "give one of them another role, or none";
    }

    private static void checkGap(FlatField field, List<FlatField> fields, Findings findings) {
        long held = fields.stream().filter(other -> sameRole(field, other)).mapToLong(RoleSlices::slice).reduce(0, (a, b) -> a | b);
        long missing = Bits.mask(0, field.roleLow()) & ~held;
        boolean isLowestAbove = (held & Bits.mask(0, field.roleLow()) & -Long.lowestOneBit(missing)) == 0;
        if (missing != 0 && isLowestAbove) {
            int low = Long.numberOfTrailingZeros(missing);
            findings.report(Places.of(field.field(), PmuPackage.eINSTANCE.getField_Slice()), "field '" + field.name() + "' holds "
                    + slice(field.roleLow(), field.width()) + " of " + field.role().text() + ", but no field holds "
                    + slice(low, field.roleLow() - low));
        }
    }

    private static boolean hasSlice(FlatField field) {
        return field.role() != FieldRole.NONE && field.role() != FieldRole.CAPABILITY;
    }

    private static boolean isInOrder(FlatField field) {
        BitRange slice = field.field().getSlice();
        return slice == null || Numbers.low(slice) <= Numbers.high(slice);
    }

    /** Of one role in one place: outside arrays, or in arrays over one bank. */
    private static boolean sameRole(FlatField a, FlatField b) {
        return a.role() == b.role() && (a.array() == null) == (b.array() == null)
                && (a.array() == null || a.array().getBank() == b.array().getBank());
    }

    private static long slice(FlatField field) {
        return Bits.mask(field.roleLow(), field.width());
    }

    private static String slice(int low, int width) {
        return width == 1 ? "[" + low + "]" : "[" + (low + width - 1) + ":" + low + "]";
    }
}
