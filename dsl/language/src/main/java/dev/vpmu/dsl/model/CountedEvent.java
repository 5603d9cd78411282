package dev.vpmu.dsl.model;

/** What a counter counts that has no event code. */
public sealed interface CountedEvent {

    /** The ticks of a clock. */
    record Ticks(Clock clock) implements CountedEvent {
    }

    /** What programmable counters count with this event code and unit mask. */
    record Occurrences(int code, int umask) implements CountedEvent {
    }

    /**
     * An event that no other counter has.
     *
     * @param globalIndex the counter
     */
    record Own(int globalIndex) implements CountedEvent {
    }
}
