package dev.vpmu.dsl.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An event that a CPU can count.
 *
 * @param name its name, in the vendor's spelling
 * @param encoding how it is asked for
 * @param counters the counters that can count it, as a global mask: its own {@code on} and the constraints together
 * @param preciseCounters the counters that can write precise records for it
 * @param distributedCounters those that do so with a precise distribution
 * @param extra the value for an extra register
 * @param alternatives further encodings that count the same, through interchangeable extra registers
 * @param period the sampling period that the vendor proposes; 0 where none is said
 * @param flags what else is said of it
 * @param role which of perf's generic events it is
 * @param architecturalBit the bit of leaf 0xA, EBX, that hides it
 * @param replacedBy the event to use instead
 * @param errata the vendor's errata that concern it
 */
public record EventModel(String name, EventEncoding encoding, long counters, long preciseCounters, long distributedCounters,
        Optional<ExtraValue> extra, List<EventEncoding> alternatives, long period, List<EventFlag> flags, Optional<EventRole> role,
        OptionalInt architecturalBit, Optional<String> replacedBy, List<String> errata, Origin origin) {

    public EventModel {
        alternatives = List.copyOf(alternatives);
        flags = List.copyOf(flags);
        errata = List.copyOf(errata);
    }
}
