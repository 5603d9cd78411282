package dev.vpmu.runtime.perf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The events of a task, or of a CPU, by groups. (Linux's {@code perf_event_context}; domain.md §4.1.) */
public final class EventContext {

    private final String name;
    private final boolean task;
    /** Leaders, in order of their turn. */
    final ArrayList<PerfEvent> pinned = new ArrayList<>();
    final ArrayList<PerfEvent> flexible = new ArrayList<>();
    /** Whether a flexible group waits. */
    boolean rotates;
    /** The CPU that it is on; null if on none. */
    PerfCore core;
    private long time;
    private long since;

    private EventContext(String name, boolean task) {
        this.name = name;
        this.task = task;
    }

    /** A task's, which is on no CPU yet. */
    public static EventContext ofTask(String name) {
        return new EventContext(name, true);
    }

    static EventContext ofCpu(PerfCore core) {
        EventContext context = new EventContext("CPU", false);
        context.core = core;
        context.since = core.nanos();
        return context;
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** Whether it is a task's; otherwise a CPU's. */
    public boolean isTask() {
        return task;
    }

    /** Whether there is an event in it. */
    boolean hasEvents() {
        return !pinned.isEmpty() || !flexible.isEmpty();
    }

    /** Its events: pinned groups first, leaders before their members. */
    public List<PerfEvent> events() {
        List<PerfEvent> events = new ArrayList<>();
        for (List<PerfEvent> leaders : List.of(pinned, flexible)) {
            for (PerfEvent leader : leaders) {
                events.add(leader);
                events.addAll(leader.siblings);
            }
        }
        return Collections.unmodifiableList(events);
    }

    List<PerfEvent> groups(PerfEvent leader) {
        return leader.attributes().isPinned() ? pinned : flexible;
    }

    /** How long it has been on a CPU, in nanoseconds. */
    long time() {
        return core == null ? time : time + core.nanos() - since;
    }

    void in(PerfCore onto) {
        core = onto;
        since = onto.nanos();
    }

    void out() {
        time = time();
        core = null;
    }

    @Override
    public String toString() {
        return name;
    }
}
