package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.ExtraAttribute;
import dev.vpmu.dsl.pmu.ExtraRow;
import java.util.List;
import java.util.Optional;

/** The events that some tables give a pmu, with what its selectors and its constraints make of them. */
public final class FlatEvents {

    private final FlatPmu pmu;
    private final List<EventTable> tables;
    private final EventResolver resolver;
    private final List<FlatEvent> events;
    private final boolean countersKnown;

    /**
     * @param pmu the pmu
     * @param tables those of its chain, or one that is for it
     * @param readable whether all of the pmu could be read
     */
    public FlatEvents(FlatPmu pmu, List<EventTable> tables, boolean readable) {
        this.pmu = pmu;
        this.tables = List.copyOf(tables);
        this.resolver = new EventResolver(pmu);
        this.events = tables.stream().flatMap(table -> table.getEvents().stream())
                .filter(event -> event.getName() != null && pmu.exists(event))
                .map(this::event).toList();
        this.countersKnown = readable && (pmu.isCpu() || pmu.constraints().stream().allMatch(Guards::isOpen)
                && pmu.all(Counters.class).stream().allMatch(Guards::isOpen));
    }

    public FlatPmu pmu() {
        return pmu;
    }

    public List<EventTable> tables() {
        return tables;
    }

    /** Whether these are all events of the pmu, not those of a table that it does not list. */
    public boolean areListed() {
        return tables.equals(pmu.tables());
    }

    /** Those that exist, in order. */
    public List<FlatEvent> events() {
        return events;
    }

    public EventResolver resolver() {
        return resolver;
    }

    /** Whether counters and constraints can be relied on: every row could be read, and no capability can change them. */
    public boolean countersKnown() {
        return countersKnown;
    }

    private FlatEvent event(Event event) {
        Optional<EventEncoding> encoding = resolver.encoding(event);
        long allowed = encoding.map(resolver::allowed).orElse(0L) & extraRow(event).map(row -> pmu.counters(row.getCounters())).orElse(-1L);
        return new FlatEvent(event, encoding, allowed);
    }

    /** The row that first keeps the event from one of some counters: the constraint that decides, a narrowing one, or its extra's. */
    public Optional<Place> limit(FlatEvent event, long counters) {
        Optional<Place> constraint = event.word().flatMap(word -> resolver.decides(word).filter(row -> (counters & ~row.counters()) != 0)
                .or(() -> resolver.constraints().stream().filter(row -> row.within() && row.pattern().matches(word)
                        && (counters & ~row.counters()) != 0).findFirst())).map(row -> row.origin().place());
        return constraint.or(() -> extraRow(event).filter(row -> (counters & ~pmu.counters(row.getCounters())) != 0).map(Places::of));
    }

    /** The row of its extra register that is for its code; empty where it has none. */
    public Optional<ExtraRow> extraRow(FlatEvent event) {
        return extraRow(event.event());
    }

    private Optional<ExtraRow> extraRow(Event event) {
        return EventResolver.attribute(event, ExtraAttribute.class).map(ExtraAttribute::getExtra).filter(extra -> !extra.eIsProxy())
                .flatMap(extra -> EventResolver.row(resolver.extraHere(extra), event));
    }
}
