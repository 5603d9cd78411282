package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.FieldArray;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.LayoutMember;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.List;
import java.util.Optional;

/** {@code reserved} takes an inherited field away; this one has none to take. */
public final class NothingToReserve implements FileRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0107", Severity.WARNING, "A field that is 'reserved' takes an inherited field away.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        for (Layout layout : EveryLayout.of(List.of(file))) {
            FlatLayout parent = layout.getParent() == null ? null : new FlatLayout(layout.getParent(), field -> true);
            if (PmuChain.isWhole(layout) && (parent == null || parent.isWhole())) {
                List<FlatField> inherited = parent == null ? List.of() : parent.fields();
                for (LayoutMember member : layout.getMembers()) {
                    if (member instanceof Field field) {
                        check(new FlatField(field, null), inherited, findings);
                    } else if (member instanceof FieldArray array) {
                        array.getFields().forEach(field -> check(new FlatField(field, array), inherited, findings));
                    }
                }
            }
        }
    }

    private static void check(FlatField field, List<FlatField> inherited, Findings findings) {
        if (!field.field().isReserved() || field.name() == null || inherited.stream().anyMatch(field::replaces)) {
            return;
        }
        Optional<FlatField> meant = inherited.stream().filter(other -> (other.array() == null) == (field.array() == null)
                && other.maskOf(0) == field.maskOf(0)).findFirst();
        Place other = meant.map(found -> Places.ofName(found.field())).orElse(null);
        findings.report(Places.of(field.field(), PmuPackage.eINSTANCE.getField_Name()), "'" + field.name() + "' takes nothing away: "
                + meant.map(found -> "the inherited field with these bits is '" + found.name() + "'")
                        .orElse("no inherited field has this name, and bits that nobody names are reserved anyway"), other);
    }
}
