package dev.vpmu.runtime.perf;

/** Who is told of an event's samples. Called inside the NMI handler, with the PMU disabled. */
@FunctionalInterface
public interface OverflowHandler {

    /** For events of which nobody wants to hear. */
    OverflowHandler NONE = (event, period) -> { };

    /**
     * A sample.
     *
     * @param event the event
     * @param period how many occurrences the sample stands for
     */
    void overflowed(PerfEvent event, long period);
}
