package dev.vpmu.runtime.perf;

/**
 * Puts events on counters as Linux does: {@link #reuse} leaves each where it was, {@link #search} begins with the most constrained.
 * (domain.md §4.4.) It may refuse what has a place: {@link FeasibleAssignment} tells. A pass allocates nothing.
 *
 * <p>Masks are global. {@code used} is what no event may take, not even as the second counter of a pair.
 */
final class CounterAssignment {

    /** How many choices can be kept to come back to. */
    static final int MOST_SAVED = 2;

    private final long fixed;
    private int size;
    private final long[] allowed;
    private final int[] traits;
    private final int[] hints;
    private final int[] counters;
    private final int[] order;

    private int saved;
    private final int[] savedPosition = new int[MOST_SAVED];
    private final long[] savedTaken = new long[MOST_SAVED];
    private final long[] savedRest = new long[MOST_SAVED];

    /**
     * @param capacity the most events
     * @param fixed the counters that are taken first, and not limited
     */
    CounterAssignment(int capacity, long fixed) {
        this.fixed = fixed;
        allowed = new long[capacity];
        traits = new int[capacity];
        hints = new int[capacity];
        counters = new int[capacity];
        order = new int[capacity];
    }

    /** Forgets all events. */
    void clear() {
        size = 0;
    }

    /**
     * Adds an event.
     *
     * @param allowed the counters it can be on; how few they are decides how early it is served
     * @param traits {@link PerfCore#OVERLAPPING}, {@link PerfCore#PAIRED}; others do not matter here
     * @param hint the counter it had last, or -1
     */
    void add(long allowed, int traits, int hint) {
        this.allowed[size] = allowed;
        this.traits[size] = traits;
        hints[size] = hint;
        size++;
    }

    /** How many events there are. */
    int size() {
        return size;
    }

    /** The counter of the event that was added as number {@code event}, from 0; means nothing unless the last pass succeeded. */
    int counterOf(int event) {
        return counters[event];
    }

    /** The fast path: whether every event can have the counter that it had. */
    boolean reuse(long used) {
        long taken = used;
        for (int event = 0; event < size; event++) {
            int hint = hints[event];
            if (hint < 0 || (free(event, allowed[event], taken) & 1L << hint) == 0) {
                return false;
            }
            counters[event] = hint;
            taken |= taken(event, hint);
        }
        return true;
    }

    /**
     * The slow path: whether a counter is found for every event.
     *
     * @param mostGeneral how many counters that are not fixed may be taken; a pair is two
     */
    boolean search(long used, int mostGeneral) {
        sort();
        saved = 0;
        int position = 0;
        long taken = used;
        long rest = size == 0 ? 0 : allowed[order[0]];
        while (position < size) {
            int event = order[position];
            int counter = choose(event, rest, taken);
            if (counter >= 0 && general(taken | taken(event, counter), used) <= mostGeneral) {
                if ((traits[event] & PerfCore.OVERLAPPING) != 0) {
                    save(position, taken, rest & ~(1L << counter));
                }
                counters[event] = counter;
                taken |= taken(event, counter);
                position++;
                rest = position == size ? 0 : allowed[order[position]];
            } else if (saved > 0) {
                // What was taken is as it was before the choice, and the general counters are counted from it: Linux goes on counting the
                // one that it gives back, and keeps the second of a pair.
                saved--;
                position = savedPosition[saved];
                taken = savedTaken[saved];
                rest = savedRest[saved];
            } else {
                return false;
            }
        }
        return true;
    }

    /** The first free fixed counter, else the lowest free one; -1 if none is free. */
    private int choose(int event, long candidates, long taken) {
        long free = free(event, candidates, taken);
        long first = (free & fixed) != 0 ? free & fixed : free;
        return first == 0 ? -1 : Long.numberOfTrailingZeros(first);
    }

    private long free(int event, long candidates, long taken) {
        long free = ~taken;
        return candidates & ((traits[event] & PerfCore.PAIRED) == 0 ? free : free & free >>> 1);
    }

    private long taken(int event, int counter) {
        return ((traits[event] & PerfCore.PAIRED) == 0 ? 1L : 3L) << counter;
    }

    private int general(long taken, long used) {
        return Long.bitCount(taken & ~used & ~fixed);
    }

    private void save(int position, long taken, long rest) {
        if (saved < MOST_SAVED) {
            savedPosition[saved] = position;
            savedTaken[saved] = taken;
            savedRest[saved] = rest;
            saved++;
        }
    }

    /** By weight, and by number among equals. */
    private void sort() {
        for (int event = 0; event < size; event++) {
            int weight = Long.bitCount(allowed[event]);
            int position = event;
            while (position > 0 && Long.bitCount(allowed[order[position - 1]]) > weight) {
                order[position] = order[position - 1];
                position--;
            }
            order[position] = event;
        }
    }
}
