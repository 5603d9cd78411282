package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventAttribute;
import dev.vpmu.dsl.pmu.EventTable;
import java.util.Optional;

/**
 * An event as it is on one pmu.
 *
 * @param event its row
 * @param encoding its word; empty where its encoding is broken, or the pmu has no selector
 * @param allowed the counters that the constraints and the extra register allow it, whatever its own {@code on} says
 */
public record FlatEvent(Event event, Optional<EventEncoding> encoding, long allowed) {

    public String name() {
        return event.getName();
    }

    public EventTable table() {
        return (EventTable) event.eContainer();
    }

    /** Its word in a selector; empty where it has another form of encoding. */
    public Optional<EventEncoding.Programmable> word() {
        return encoding.filter(EventEncoding.Programmable.class::isInstance).map(EventEncoding.Programmable.class::cast);
    }

    /** Its attribute of a kind. */
    public <T extends EventAttribute> Optional<T> attribute(Class<T> kind) {
        return EventResolver.attribute(event, kind);
    }
}
