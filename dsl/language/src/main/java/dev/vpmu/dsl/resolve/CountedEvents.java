package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FixedEventModel;
import dev.vpmu.dsl.pmu.Code;
import dev.vpmu.dsl.pmu.CodeEncoding;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.FixedCounter;
import dev.vpmu.dsl.pmu.RoleOfEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.emf.ecore.EObject;

/**
 * Works out, by the roles of events, what counts a clock's ticks and what the counters without an event code count.
 *
 * <p>An event with settings says nothing here: what its code alone means, or its counter, is another matter.
 */
final class CountedEvents {

    /** The roles whose events are a clock's ticks. */
    private static final Map<EventRole, Clock> CLOCKS = new EnumMap<>(Map.of(EventRole.CYCLES, Clock.CORE,
            EventRole.REFERENCE_CYCLES, Clock.TSC, EventRole.BUS_CYCLES, Clock.BUS));

    private record Word(int code, int umask) {
    }

    private record Counter(EObject bank, int index) {
    }

    private record Said(EventRole role, EObject by) {
    }

    private final FlatPmu pmu;
    /** The roles of event codes and of counters, as far as events say them: of each the nearest event's. */
    private final Map<Word, Said> words;
    private final Map<Counter, Said> counters;

    CountedEvents(FlatPmu pmu) {
        this.pmu = pmu;
        List<Event> nearestFirst = new ArrayList<>(pmu.events());
        nearestFirst.sort(Comparator.comparing((Event event) -> pmu.level((EventTable) event.eContainer())).reversed());
        words = roles(nearestFirst, CountedEvents::word);
        counters = roles(nearestFirst, CountedEvents::counter);
        pmu.all(FixedCounter.class).stream().filter(pmu::exists).filter(statement -> statement.getIndex() != null).forEach(statement ->
                counters.put(new Counter(statement.getBank(), Numbers.intOf(statement.getIndex())),
                        new Said(Words.eventRole(statement.getRole()), statement)));
    }

    private static <K> Map<K, Said> roles(List<Event> events, Function<Event, Optional<K>> key) {
        Map<K, Said> roles = new LinkedHashMap<>();
        for (Event event : events) {
            EventResolver.attribute(event, RoleOfEvent.class).map(is -> Words.eventRole(is.getRole()))
                    .ifPresent(role -> key.apply(event).ifPresent(found -> roles.putIfAbsent(found, new Said(role, event))));
        }
        return roles;
    }

    private static Optional<Word> word(Event event) {
        if (!(event.getEncoding() instanceof CodeEncoding encoding) || !encoding.getSettings().isEmpty()) {
            return Optional.empty();
        }
        Code code = encoding.getCode();
        return code == null || code.getEvent() == null || code.getUmask() == null ? Optional.empty()
                : Optional.of(new Word(Numbers.intOf(code.getEvent()), Numbers.intOf(code.getUmask())));
    }

    private static Optional<Counter> counter(Event event) {
        return event.getEncoding() instanceof CounterEncoding encoding && encoding.getSettings().isEmpty() && encoding.getIndex() != null
                ? Optional.of(new Counter(encoding.getBank(), Numbers.intOf(encoding.getIndex()))) : Optional.empty();
    }

    /** The event codes that count a clock's ticks. */
    List<ClockEventModel> clockEvents() {
        List<ClockEventModel> events = new ArrayList<>();
        CLOCKS.forEach((role, clock) -> words.forEach((word, said) -> {
            if (said.role() == role) {
                events.add(new ClockEventModel(word.code(), word.umask(), clock));
            }
        }));
        return events;
    }

    /** What the counters count whose control has no event code. */
    List<FixedEventModel> fixedEvents() {
        List<FixedEventModel> fixed = new ArrayList<>();
        for (FlatBank bank : pmu.banks()) {
            for (int index : bank.isCounters() ? bank.indexes() : List.<Integer>of()) {
                if (CounterControl.eventCode(pmu, bank.bank(), index).isEmpty()) {
                    int globalIndex = (int) bank.globalIndex(index);
                    Optional<Said> said = Optional.ofNullable(counters.get(new Counter(bank.bank(), index)));
                    fixed.add(new FixedEventModel(globalIndex, said.map(is -> event(is.role(), globalIndex))
                            .orElseGet(() -> new CountedEvent.Own(globalIndex)), Origins.of(said.map(Said::by).orElse(bank.declaration()))));
                }
            }
        }
        fixed.sort(Comparator.comparingInt(FixedEventModel::globalIndex));
        return fixed;
    }

    private CountedEvent event(EventRole role, int globalIndex) {
        Clock clock = CLOCKS.get(role);
        if (clock != null) {
            return new CountedEvent.Ticks(clock);
        }
        return words.entrySet().stream().filter(word -> word.getValue().role() == role).map(Map.Entry::getKey).findFirst()
                .<CountedEvent>map(word -> new CountedEvent.Occurrences(word.code(), word.umask()))
                .orElseGet(() -> new CountedEvent.Own(globalIndex));
    }
}
