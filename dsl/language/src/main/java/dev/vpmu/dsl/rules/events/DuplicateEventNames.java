package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two events of one CPU have the same name. */
public final class DuplicateEventNames implements EventRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0503", Severity.ERROR, "An event name stands for one event on one CPU.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        Map<String, List<FlatEvent>> seen = new HashMap<>();
        for (FlatEvent event : events.events()) {
            List<FlatEvent> earlier = seen.computeIfAbsent(event.name(), name -> new ArrayList<>(1));
            earlier.stream().filter(other -> events.pmu().together(event.event(), other.event())).findFirst().ifPresent(other ->
                    findings.report(Places.ofName(event.event()), "event '" + event.name() + "' is already in the table "
                            + other.table().getName() + (other.table() == event.table() ? "" : ", also of " + events.pmu().name())
                            + "; rename one, or guard them so that no CPU has both", Places.ofName(other.event())));
            earlier.add(event);
        }
    }
}
