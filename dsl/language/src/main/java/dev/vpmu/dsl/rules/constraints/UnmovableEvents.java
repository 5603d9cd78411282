package dev.vpmu.dsl.rules.constraints;

import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.ExtraAttribute;
import dev.vpmu.dsl.pmu.ExtraRow;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** An event that could run under any code of an interchangeable extra, were its value valid in all of the registers. */
public final class UnmovableEvents implements EventRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0605", Severity.WARNING, "The value for an interchangeable extra is valid in every row of it.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        for (FlatEvent event : events.events()) {
            ExtraAttribute with = event.attribute(ExtraAttribute.class).orElse(null);
            ExtraRow own = events.extraRow(event).orElse(null);
            if (with == null || own == null || with.getValue() == null || invalid(with.getValue(), own) != 0) {
                continue;
            }
            Extra extra = (Extra) own.eContainer();
            extra.getRows().stream().filter(row -> extra.isInterchangeable() && invalid(with.getValue(), row) != 0).findFirst()
                    .ifPresent(row -> findings.report(Places.of(with, PmuPackage.eINSTANCE.getExtraAttribute_Value()),
                            "event '" + event.name() + "' cannot move to " + register(row) + ", which does not take "
                                    + Numbers.hex(invalid(with.getValue(), row)),
                            Places.of(row, PmuPackage.eINSTANCE.getExtraRow_Valid())));
        }
    }

    private static long invalid(long value, ExtraRow row) {
        return row.getValid() == null ? 0 : value & ~row.getValid();
    }

    private static String register(ExtraRow row) {
        return row.getRegister() == null || row.getRegister().eIsProxy() ? "another row" : row.getRegister().getName();
    }
}
