package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.pmu.ArchitecturalAttribute;
import dev.vpmu.dsl.pmu.DeprecatedAttribute;
import dev.vpmu.dsl.pmu.DistributedAttribute;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.ExtraAttribute;
import dev.vpmu.dsl.resolve.EventResolver;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two names of one level of inheritance ask the hardware for the same. The architectural events are left out: a vendor has a
 * name of its own for each of them.
 */
public final class SameEncodings implements EventRule {

    /** All that the hardware is told of an event. */
    private record Request(EventEncoding encoding, String extra, Long value, long distributed, int level, boolean architectural) {
    }

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0504", Severity.INFORMATION,
                "An encoding has one name; the others are 'deprecated'.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        Map<EventTable, Boolean> architectural = new HashMap<>();
        Map<Request, List<FlatEvent>> seen = new HashMap<>();
        for (FlatEvent event : events.events()) {
            if (event.encoding().isEmpty() || event.attribute(DeprecatedAttribute.class).isPresent()) {
                continue;
            }
            Request request = request(events.pmu(), event, architectural.computeIfAbsent(event.table(), SameEncodings::isArchitectural));
            List<FlatEvent> earlier = seen.computeIfAbsent(request, key -> new ArrayList<>(1));
            earlier.stream().filter(other -> events.pmu().together(event.event(), other.event())).findFirst().ifPresent(other ->
                    findings.report(Places.ofName(event.event()), "'" + event.name() + "' is encoded as '" + other.name()
                            + "' is; if one of the names is old, mark it 'deprecated'", Places.ofName(other.event())));
            earlier.add(event);
        }
    }

    private static Request request(FlatPmu pmu, FlatEvent event, boolean architectural) {
        ExtraAttribute with = event.attribute(ExtraAttribute.class).orElse(null);
        return new Request(event.encoding().get(), with == null || with.getExtra() == null ? null : with.getExtra().getName(),
                with == null ? null : with.getValue(),
                event.attribute(DistributedAttribute.class).map(on -> pmu.counters(on.getCounters())).orElse(0L),
                pmu.level(event.table()), architectural);
    }

    private static boolean isArchitectural(EventTable table) {
        return table.getEvents().stream().anyMatch(event -> EventResolver.attribute(event, ArchitecturalAttribute.class).isPresent());
    }
}
