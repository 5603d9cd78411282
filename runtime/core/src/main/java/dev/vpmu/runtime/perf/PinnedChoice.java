package dev.vpmu.runtime.perf;

/** What happens if a pinned host event has no place once counters are reserved. (domain.md §6.5, D2.) */
public enum PinnedChoice {
    /** The host's event goes to {@link PerfEvent.State#ERROR}; the counters are the guest's. */
    EVICT_TO_ERROR,
    /** The reservation is refused; nothing changes. */
    REFUSE_GUEST
}
