package dev.vpmu.dsl.model;

/**
 * What a counter counts whose control has no event code.
 *
 * @param globalIndex the counter
 * @param event what it counts
 * @param origin where that is said; of a counter of which nothing is said, where its bank's counters are declared
 */
public record FixedEventModel(int globalIndex, CountedEvent event, Origin origin) {
}
