package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.PeriodAttribute;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.Optional;

/**
 * A period that the hardware cannot keep. The low bits that a period row asks to be zero are no mistake of an event: whoever
 * programs the counter clears them, and vendors propose periods without regard to them.
 */
public final class ImpossiblePeriods implements EventRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0508", Severity.ERROR, "A period is not below what the period rows say, and fits into the counter.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        Optional<FlatBank> programmable = events.pmu().selectorBank();
        for (FlatEvent event : events.events()) {
            PeriodAttribute period = event.attribute(PeriodAttribute.class).orElse(null);
            if (period == null || period.getValue() == null || event.encoding().isEmpty()) {
                continue;
            }
            PeriodModel row = event.word().flatMap(word -> events.resolver().periods().stream()
                    .filter(found -> found.pattern().matches(word)).findFirst()).orElse(null);
            long smallest = Math.max(1, row == null ? 1 : row.minimum());
            Optional<FlatBank> bank = event.event().getEncoding() instanceof CounterEncoding counter ? events.pmu().bank(counter.getBank())
                    : event.word().flatMap(word -> programmable);
            int width = bank.map(FlatBank::width).orElse(0);
            if (Long.compareUnsigned(period.getValue(), smallest) < 0) {
                report(event, period, "is below the smallest that is possible, " + smallest,
                        row == null ? null : row.origin().place(), findings);
            } else if (width > 0 && !Bits.fits(period.getValue(), width)) {
                report(event, period, "does not fit into a counter of " + width + " bits: at most " + Bits.mask(0, width),
                        Places.of(bank.get().declaration()), findings);
            }
        }
    }

    private static void report(FlatEvent event, PeriodAttribute period, String what, Place other, Findings findings) {
        findings.report(Places.of(period, PmuPackage.eINSTANCE.getPeriodAttribute_Value()),
                "period " + Long.toUnsignedString(period.getValue()) + " of event '" + event.name() + "' " + what, other);
    }
}
