package dev.vpmu.runtime.perf;

/** Who takes overflows of counters that a CPU's perf has given up. Called inside the NMI handler. (domain.md §6.3, patch 2.) */
@FunctionalInterface
public interface PmiCallback {

    /**
     * Counters overflowed.
     *
     * @param counters which, a global mask; reserved ones only, at least one
     */
    void overflowed(long counters);
}
