package dev.vpmu.runtime.perf;

/**
 * Puts events on counters as Linux does: each on the counter it had, if all can have theirs; otherwise the most constrained first.
 * (domain.md §4.4.) It may refuse what has a place. A pass allocates nothing.
 */
final class CounterAssignment {

    CounterAssignment(int capacity, long fixed) {
    }

    void clear() {
    }

    void add(long allowed, int traits, int hint) {
    }

    int size() {
        return 0;
    }

    int counterOf(int event) {
        return -1;
    }

    boolean reuse(long used) {
        return false;
    }

    boolean search(long used, int mostGeneral) {
        return false;
    }
}
