package dev.vpmu.runtime.lab.scenario;

/**
 * What the host's own perf counts on the guests' CPU, for a part of a scenario.
 *
 * @param event an event's name, or its role
 * @param events how many of them; 0 for as many as there are counters for it
 * @param isPinned whether they have to be on the PMU all the time
 * @param isLate whether they are opened in the middle, when guests count already
 */
public record HostSession(String event, int events, boolean isPinned, boolean isLate) {

    public HostSession {
        if (events < 0) {
            throw new IllegalArgumentException(events + " events of the host");
        }
    }

    /** So many events that take turns where they have to. */
    public static HostSession flexible(String event, int events) {
        return new HostSession(event, events, false, false);
    }

    /** As many as there are counters for them, which take turns where they have to. */
    public static HostSession flexible(String event) {
        return flexible(event, 0);
    }

    /** So many events that have to be on the PMU all the time. */
    public static HostSession pinned(String event, int events) {
        return new HostSession(event, events, true, false);
    }

    /** As many as there are counters for them, which have to be on the PMU all the time. */
    public static HostSession pinned(String event) {
        return pinned(event, 0);
    }

    /** The same, opened in the middle. */
    public HostSession late() {
        return new HostSession(event, events, isPinned, true);
    }
}
