package dev.vpmu.runtime.perf;

/** What a status register can report besides overflows of counters, as far as software has to do something. (domain.md §4.7.) */
public enum StatusCause {
    /** The buffer of precise records is full. */
    PRECISE_BUFFER,
    /** The trace's buffer is full. */
    TRACE,
    /** The metrics register overflowed. */
    METRICS
}
