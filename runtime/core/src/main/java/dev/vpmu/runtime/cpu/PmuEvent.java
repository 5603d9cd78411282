package dev.vpmu.runtime.cpu;

import java.util.List;

/**
 * An event that a CPU can count.
 *
 * @param name its name, in the vendor's spelling
 * @param table the event table that declares it
 * @param kind how it is asked for
 * @param encoding of a {@link Kind#PROGRAMMABLE} event the selector's bits: event code, unit mask and modifiers in their places,
 *     without enables and modes; of a {@link Kind#FIXED} event the modifiers in their places in the control register; of a
 *     {@link Kind#METRIC} event the mask of its field
 * @param counters the counters that can hold it, a global mask over both states of SMT; 0 for metrics
 * @param preciseCounters the counters that can write precise records for it, a global mask
 * @param distributedCounters those that do so with a precise distribution, a global mask
 * @param extraRegister the register that needs a value for it, or that holds a metric; empty if none
 * @param extraValue the value that the register needs
 * @param alternatives further selector bits that count the same
 * @param period the sampling period that the vendor proposes, in occurrences; 0 if none
 * @param flags what else is said of it: {@code alone}, {@code addresses}, {@code speculative}, {@code deprecated}
 * @param role which of perf's generic events it is, {@code cache misses}; empty if none
 * @param architecturalBit the bit of CPUID leaf 0xA, EBX, that hides it; -1 if none does
 * @param replacedBy the event to use instead; empty if none
 * @param errata the vendor's errata that concern it
 */
public record PmuEvent(String name, String table, Kind kind, long encoding, long counters, long preciseCounters, long distributedCounters,
        String extraRegister, long extraValue, List<Long> alternatives, long period, List<String> flags, String role,
        int architecturalBit, String replacedBy, List<String> errata) {

    /** How an event is asked for. */
    public enum Kind {
        /** In a selector. */
        PROGRAMMABLE,
        /** By a counter that counts nothing else. */
        FIXED,
        /** By a field of a metrics register. */
        METRIC
    }
}
