package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.pmu.CodeEncoding;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.FieldSetting;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.Selectors;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A setting of an event or of a row that the selectors cannot take. */
public final class ImpossibleSettings implements EventRule, PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0502", Severity.ERROR, "A setting names a field that the selector has, with a value that fits.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        FlatPmu pmu = events.pmu();
        for (FlatEvent event : events.events()) {
            if (event.event().getEncoding() instanceof CodeEncoding encoding) {
                check(encoding.getSettings(), pmu.selectorLayout(), false, pmu, findings);
            } else if (event.event().getEncoding() instanceof CounterEncoding encoding) {
                Optional<FlatLayout> control = events.resolver().control(encoding.getBank());
                check(encoding.getSettings(), control, true, pmu, findings);
            }
        }
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Optional<FlatLayout> layout = pmu.selectorLayout();
        pmu.constraints().forEach(row -> check(row.getPattern(), layout, pmu, findings));
        pmu.periods().forEach(row -> check(row.getPattern(), layout, pmu, findings));
    }

    private static void check(dev.vpmu.dsl.pmu.EventPattern pattern, Optional<FlatLayout> layout, FlatPmu pmu, Findings findings) {
        if (pattern != null) {
            check(pattern.getSettings(), layout, false, pmu, findings);
        }
    }

    private static void check(List<FieldSetting> settings, Optional<FlatLayout> layout, boolean inArrays, FlatPmu pmu,
            Findings findings) {
        layout.ifPresent(known -> check(settings, known, inArrays, pmu, findings));
    }

    private static void check(List<FieldSetting> settings, FlatLayout layout, boolean inArrays, FlatPmu pmu, Findings findings) {
        Map<String, FieldSetting> seen = new HashMap<>();
        for (FieldSetting setting : settings) {
            Field linked = setting.getField();
            if (linked == null || linked.eIsProxy() || linked.getName() == null) {
                continue;
            }
            FieldSetting earlier = seen.putIfAbsent(linked.getName(), setting);
            FlatField field = Selectors.field(layout, setting, inArrays);
            if (earlier != null) {
                findings.report(Places.of(setting), "'" + linked.getName() + "' is set twice; keep one of the two", Places.of(earlier));
            } else if (field == null) {
                findings.report(Places.of(setting, PMU.getFieldSetting_Field()), absent(linked, layout, pmu), Places.ofName(linked));
            } else if (field.role() == FieldRole.EVENT_CODE || field.role() == FieldRole.UNIT_MASK) {
                findings.report(Places.of(setting, PMU.getFieldSetting_Field()), "'" + field.name() + "' holds the " + field.role().text()
                        + ", which stands before the settings; write it there", Places.ofName(linked));
            } else if (setting.getValue() != null && !Bits.fits(setting.getValue(), field.width())) {
                findings.report(Places.of(setting, PMU.getFieldSetting_Value()), Long.toUnsignedString(setting.getValue())
                        + " does not fit into '" + field.name() + "', which has " + field.width() + (field.width() == 1 ? " bit" : " bits")
                        + ": at most " + Bits.mask(0, field.width()), Places.of(field.field(), PMU.getField_Range()));
            }
        }
    }

    private static String absent(Field linked, FlatLayout layout, FlatPmu pmu) {
        String guard = Guards.text(linked);
        if (linked.isReserved() || guard.isEmpty()) {
            return "the selectors of " + pmu.name() + " have no field '" + linked.getName() + "': see " + layout.layout().getName();
        }
        return pmu.name() + " has no field '" + linked.getName() + "', which is there only '" + guard + "'; guard the row in the same way";
    }
}
