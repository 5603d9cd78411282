package dev.vpmu.runtime.perf;

/** Who wants to know what a CPU's perf does with its events. Every method does nothing unless overridden. */
public interface PerfObserver {

    /** For nobody. */
    PerfObserver NONE = new PerfObserver() { };

    /** perf goes through its events, and decides which of them are on which counters. */
    default void passed() {
    }

    /** An event was given a counter and programmed. */
    default void scheduled(PerfEvent event, int counter) {
    }

    /** An event that was on a counter goes on on another, with its count. */
    default void moved(PerfEvent event, int from, int to) {
    }

    /** An event left its counter. */
    default void unscheduled(PerfEvent event, int counter) {
    }

    /** A pinned event found no place. */
    default void erred(PerfEvent event) {
    }

    /** A flexible event gave way to a reservation and waits for its turn. */
    default void displaced(PerfEvent event) {
    }

    /** A reservation was refused for the sake of a pinned event. */
    default void refused(PerfEvent event, long counters) {
    }

    /** A host event runs on a counter that is reserved: host and guest program one counter. Only as posted. */
    default void collided(PerfEvent event, int counter) {
    }

    /** An event took too many samples in a tick and stops until the next. */
    default void throttled(PerfEvent event) {
    }

    /** A throttled event goes on. */
    default void unthrottled(PerfEvent event) {
    }

    /** The status register reported something that is no counter's overflow. */
    default void reported(StatusCause cause) {
    }
}
