package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.pmu.Code;
import dev.vpmu.dsl.pmu.CodeEncoding;
import dev.vpmu.dsl.pmu.CodeRange;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;

/** An event code or a unit mask that does not fit into the bits that the selectors have for it. */
public final class WideCodes implements EventRule, PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0501", Severity.ERROR, "An event code and a unit mask fit into the bits that the selector has for them.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        events.pmu().selectorLayout().ifPresent(selector -> events.events().forEach(event -> {
            if (event.event().getEncoding() instanceof CodeEncoding encoding) {
                check(encoding.getCode(), selector, findings);
            }
        }));
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        pmu.selectorLayout().ifPresent(selector -> {
            pmu.extras().forEach(extra -> extra.getRows().forEach(row -> check(row.getCode(), selector, findings)));
            pmu.constraints().forEach(row -> {
                check(row.getPattern(), selector, findings);
                check(row.getPartner(), selector, findings);
            });
            pmu.periods().forEach(row -> check(row.getPattern(), selector, findings));
        });
    }

    private static void check(dev.vpmu.dsl.pmu.EventPattern pattern, FlatLayout selector, Findings findings) {
        if (pattern != null) {
            for (CodeRange range : pattern.getCodes()) {
                fits(range, PMU.getCodeRange_Low(), range.getLow(), FieldRole.EVENT_CODE, selector, findings);
                fits(range, PMU.getCodeRange_High(), range.getHigh(), FieldRole.EVENT_CODE, selector, findings);
                fits(range, PMU.getCodeRange_Umask(), range.getUmask(), FieldRole.UNIT_MASK, selector, findings);
            }
        }
    }

    private static void check(Code code, FlatLayout selector, Findings findings) {
        if (code != null) {
            fits(code, PMU.getCode_Event(), code.getEvent(), FieldRole.EVENT_CODE, selector, findings);
            fits(code, PMU.getCode_Umask(), code.getUmask(), FieldRole.UNIT_MASK, selector, findings);
        }
    }

    private static void fits(EObject code, EStructuralFeature feature, Long value, FieldRole role, FlatLayout selector, Findings findings) {
        int width = selector.roleWidth(role);
        if (value != null && width > 0 && !Bits.fits(value, width)) {
            FlatField field = selector.fields(role).get(0);
            findings.report(Places.of(code, feature), "the " + role.text() + " " + Numbers.hex(value) + " is wider than the " + width
                    + " bits that " + selector.layout().getName() + " has for it: at most " + Numbers.hex(Bits.mask(0, width)),
                    Places.ofName(field.field()));
        }
    }
}
