package dev.vpmu.dsl.rules.events;

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
import java.util.stream.Collectors;

/** An event gives an extra register a value that it cannot take, or one that is not for its code. */
public final class ImpossibleExtraValues implements EventRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0507", Severity.ERROR, "An event's extra has a row for its code, and its value sets only valid bits.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        for (FlatEvent event : events.events()) {
            ExtraAttribute with = event.attribute(ExtraAttribute.class).orElse(null);
            if (with == null || with.getExtra() == null || with.getExtra().eIsProxy() || event.event().getEncoding() == null) {
                continue;
            }
            Extra extra = events.resolver().extraHere(with.getExtra());
            ExtraRow row = events.extraRow(event).orElse(null);
            if (row != null) {
                checkValue(event, with, row, findings);
            } else if (extra.getRows().stream().allMatch(other -> other.getCode() != null
                    && other.getRegister() != null && !other.getRegister().eIsProxy())) {
                findings.report(Places.of(with, PMU.getExtraAttribute_Extra()), "extra '" + extra.getName() + "' is for "
                        + codes(extra) + ", not for the encoding of event '" + event.name() + "'", Places.ofName(extra));
            }
        }
    }

    private static void checkValue(FlatEvent event, ExtraAttribute with, ExtraRow row, Findings findings) {
        if (with.getValue() != null && row.getValid() != null && (with.getValue() & ~row.getValid()) != 0) {
            findings.report(Places.of(with, PMU.getExtraAttribute_Value()), "event '" + event.name() + "' sets "
                    + Numbers.hex(with.getValue() & ~row.getValid()) + " in " + row.getRegister().getName() + ", whose valid bits are "
                    + Numbers.hex(row.getValid()), Places.of(row, PMU.getExtraRow_Valid()));
        }
    }

    private static String codes(Extra extra) {
        return extra.getRows().stream().map(row -> CodeText.of(row.getCode())).collect(Collectors.joining(", "));
    }
}
