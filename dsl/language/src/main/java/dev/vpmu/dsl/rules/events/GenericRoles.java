package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.pmu.RoleOfEvent;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.Words;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * perf's generic events are not given once each. A table that a nearer pmu lists may give a role anew: so a CPU's own names
 * replace those of the architecture.
 */
public final class GenericRoles implements EventRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0511", Severity.WARNING, "A CPU gives each generic role once, and gives 'cycles' and 'instructions'.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        FlatPmu pmu = events.pmu();
        Map<EventRole, List<FlatEvent>> given = new EnumMap<>(EventRole.class);
        for (FlatEvent event : events.events()) {
            RoleOfEvent attribute = event.attribute(RoleOfEvent.class).orElse(null);
            EventRole role = attribute == null ? null : Words.eventRole(attribute.getRole());
            if (role != null) {
                List<FlatEvent> earlier = given.computeIfAbsent(role, key -> new ArrayList<>());
                earlier.stream().filter(other -> pmu.level(other.table()) == pmu.level(event.table())
                        && pmu.together(event.event(), other.event())).findFirst().ifPresent(other ->
                        findings.report(Places.of(attribute), "generic event '" + role.text() + "' is already '" + other.name()
                                + "'; only one of the two can be meant", Places.ofName(other.event())));
                earlier.add(event);
            }
        }
        if (pmu.isCpu() && events.areListed()) {
            String missing = List.of(EventRole.CYCLES, EventRole.INSTRUCTIONS).stream().filter(role -> !given.containsKey(role))
                    .map(role -> "'is " + role.text() + "'").collect(Collectors.joining(" and no event "));
            if (!missing.isEmpty()) {
                findings.report(Places.ofName(pmu.pmu()), "no event " + missing + " on " + pmu.name()
                        + "; mark the events that perf and the emulated counts are to use");
            }
        }
    }
}
