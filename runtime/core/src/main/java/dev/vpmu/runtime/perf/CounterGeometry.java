package dev.vpmu.runtime.perf;

/**
 * Which counters a CPU has in one state of SMT, and what they can do. Global masks.
 *
 * @param counters those that perf can program and read
 * @param fixed of these, the ones without a selector: taken first by events that are allowed both
 * @param gated of these, the ones that a global enable register starts and stops together
 * @param reservable of these, the ones that can be reserved for a guest: gated, and with a status bit of their own
 * @param precise those that can write precise records
 * @param checkpointed the selector's bits that say that aborted transactions are taken back from the count; 0 where there are none
 */
public record CounterGeometry(long counters, long fixed, long gated, long reservable, long precise, long checkpointed) {
}
