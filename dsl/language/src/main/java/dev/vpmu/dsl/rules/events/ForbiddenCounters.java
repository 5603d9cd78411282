package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.pmu.OnAttribute;
import dev.vpmu.dsl.resolve.CounterText;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** The counters that an event names for itself are not those that the constraints allow it. */
public final class ForbiddenCounters implements EventRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0505", Severity.ERROR, "An event's 'on' names only counters that the constraints allow it.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        if (!events.countersKnown()) {
            return;
        }
        FlatPmu pmu = events.pmu();
        for (FlatEvent event : events.events()) {
            OnAttribute on = event.attribute(OnAttribute.class).orElse(null);
            if (on == null || on.getCounters() == null || event.encoding().isEmpty()) {
                continue;
            }
            long own = pmu.counters(on.getCounters());
            long allowed = event.allowed();
            if (allowed != 0 && (own & ~allowed) != 0) {
                findings.report(Places.of(on.getCounters()), "event '" + event.name() + "' cannot count on "
                        + CounterText.of(pmu, own & ~allowed) + ": the constraints of " + pmu.name() + " allow it on "
                        + CounterText.of(pmu, allowed) + ((own & allowed) == 0 ? ", and 'on' names none of them" : ""),
                        events.limit(event, own).orElse(null));
            }
        }
    }
}
