package dev.vpmu.runtime.perf;

/** Mistakes of the series as it was posted, each to be switched on for study; by default none is there. (domain.md §6.5.) */
public enum AsPosted {
    /** Patch 1 looks for conflicts among events with exclude_guest only. */
    D1,
    /** On a conflict the PMU is disabled and enabled, which moves nothing. */
    D2,
    /** The fast path of assignment does not look at the mask: a remembered counter is taken again. */
    D3,
    /** Assignments for other PMUs, and for the validation of groups, see the mask of the CPU they happen to run on. */
    D4,
    /** One word holds what is reserved and what events with exclude_host use. */
    D5,
    /** A counter that is reserved stays enabled in the global control until perf next writes it, and keeps its status bit. */
    D8,
    /** An overflow without a registered callback calls it nevertheless. */
    D14,
    /** Whoever reserves last overwrites what others had. */
    D25
}
