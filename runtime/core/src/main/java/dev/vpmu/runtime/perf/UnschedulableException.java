package dev.vpmu.runtime.perf;

/** A group that can never be on the PMU was asked for. */
public final class UnschedulableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient GroupVerdict verdict;

    UnschedulableException(GroupVerdict verdict) {
        super(verdict.reason());
        this.verdict = verdict;
    }

    /** Why, and whether another algorithm would have found a place for it. */
    public GroupVerdict verdict() {
        return verdict;
    }
}
