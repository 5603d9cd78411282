package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.RoleOfEvent;
import dev.vpmu.dsl.pmu.UseEvents;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The event tables that a pmu's chain lists, ancestors' first, each once. */
final class FlatTables {

    private final Map<EventTable, Integer> levels = new LinkedHashMap<>();
    private final List<Event> events;

    FlatTables(FlatPmu pmu) {
        for (int level = 0; level < pmu.chain().size(); level++) {
            for (UseEvents use : PmuChain.statements(pmu.chain().get(level), UseEvents.class)) {
                for (EventTable table : use.getTables()) {
                    if (!table.eIsProxy()) {
                        levels.putIfAbsent(table, level);
                    }
                }
            }
        }
        events = levels.keySet().stream().flatMap(table -> table.getEvents().stream())
                .filter(event -> event.getName() != null && pmu.exists(event)).toList();
    }

    List<EventTable> tables() {
        return List.copyOf(levels.keySet());
    }

    List<Event> events() {
        return events;
    }

    int level(EventTable table) {
        return levels.getOrDefault(table, -1);
    }

    Map<EventRole, Event> roles() {
        Map<EventRole, Event> roles = new EnumMap<>(EventRole.class);
        for (Event event : events) {
            EventResolver.attribute(event, RoleOfEvent.class).map(given -> Words.eventRole(given.getRole())).ifPresent(role ->
                    roles.merge(role, event, (earlier, later) -> level(tableOf(later)) > level(tableOf(earlier)) ? later : earlier));
        }
        return roles;
    }

    private static EventTable tableOf(Event event) {
        return (EventTable) event.eContainer();
    }
}
