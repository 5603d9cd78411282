package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.perf.EventContext;

/** A thread of the host. */
public class HostThread {

    private final String name;
    private final EventContext events;
    PhysicalCpu cpu;

    /** A thread that does not run yet. */
    public HostThread(String name) {
        this.name = name;
        this.events = EventContext.ofTask(name);
    }

    /** What messages call it. */
    public final String name() {
        return name;
    }

    /** Its events. */
    public final EventContext events() {
        return events;
    }

    /** The CPU that it runs on; null if it waits. */
    public final PhysicalCpu cpu() {
        return cpu;
    }

    /** The scheduler has given it a CPU. */
    void scheduledIn() {
    }

    /** The scheduler takes its CPU away. */
    void scheduledOut() {
    }

    @Override
    public String toString() {
        return name;
    }
}
