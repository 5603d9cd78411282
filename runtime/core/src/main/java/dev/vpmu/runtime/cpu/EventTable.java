package dev.vpmu.runtime.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of a CPU, by position, by name and by encoding. Made from packed rows (see {@link EventRow}), which keep generated
 * classes small: a row costs its text and no code.
 */
public final class EventTable {

    private final List<PmuEvent> events;
    private final Map<String, PmuEvent> byName = new HashMap<>();
    private final Map<Long, List<PmuEvent>> bySelector = new HashMap<>();

    private EventTable(List<PmuEvent> events) {
        this.events = Collections.unmodifiableList(events);
        for (PmuEvent event : events) {
            byName.put(event.name(), event);
            if (event.kind() == PmuEvent.Kind.PROGRAMMABLE) {
                bySelector.computeIfAbsent(event.encoding(), selector -> new ArrayList<>()).add(event);
                event.alternatives().forEach(selector -> bySelector.computeIfAbsent(selector, other -> new ArrayList<>()).add(event));
            }
        }
    }

    /**
     * Reads packed rows, one a line.
     *
     * @throws IllegalArgumentException if a row is broken; generated rows never are
     */
    public static EventTable parse(String... packedRows) {
        List<PmuEvent> events = new ArrayList<>();
        for (String rows : packedRows) {
            rows.lines().map(EventRow::parse).forEach(events::add);
        }
        return new EventTable(events);
    }

    /** Every event, in the order of the files. */
    public List<PmuEvent> all() {
        return events;
    }

    public int size() {
        return events.size();
    }

    /** The event at a position: one of the constants of the generated class. */
    public PmuEvent get(int position) {
        return events.get(position);
    }

    /** The event of that name. */
    public Optional<PmuEvent> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The events that a selector's bits ask for, by position; those of interchangeable codes too. */
    public List<PmuEvent> withSelector(long selector) {
        return Collections.unmodifiableList(bySelector.getOrDefault(selector, List.of()));
    }
}
