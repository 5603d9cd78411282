package dev.vpmu.runtime.perf;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds counters for events whenever there is a way: the measure of what {@link CounterAssignment} refuses. Masks and limits mean the same
 * in both.
 *
 * <p>Events that take one counter are matched with counters along augmenting paths. Pairs are beyond that, so they are placed first, in
 * every way that leaves other counters to the rest.
 */
final class FeasibleAssignment {

    private static final int NOBODY = -1;

    private final long[] allowed;
    private final int[] traits;
    private final long used;
    private final int mostGeneral;
    private final long fixed;

    private final int[] counters;
    private final int[] owner = new int[Long.SIZE];
    private final Set<Long> seen = new HashSet<>();
    private long visited;

    private FeasibleAssignment(long[] allowed, int[] traits, long used, int mostGeneral, long fixed) {
        this.allowed = allowed;
        this.traits = traits;
        this.used = used;
        this.mostGeneral = mostGeneral;
        this.fixed = fixed;
        counters = new int[allowed.length];
    }

    /**
     * The counter of each event, or null if there is no assignment.
     *
     * @param allowed the counters that each event can be on
     * @param traits of these, {@link PerfCore#PAIRED} matters
     * @param used what no event may take, not even as the second counter of a pair
     * @param mostGeneral how many counters that are not fixed may be taken; a pair is two
     * @param fixed the counters that are not limited
     */
    static int[] of(long[] allowed, int[] traits, long used, int mostGeneral, long fixed) {
        FeasibleAssignment search = new FeasibleAssignment(allowed, traits, used, mostGeneral, fixed);
        return search.isEnough() && search.placePairs(0, used) ? search.counters : null;
    }

    /**
     * The counter of each event, or null if there is no assignment, where events can be programmed in more than one way. The first index
     * of each array is the event, the second the way. Events share a register only if they want the same value in it.
     *
     * @param registerOfChoice the extra register that is needed, from 0; -1 if none is
     * @param valueOfChoice what it must hold
     */
    static int[] of(long[][] allowedByChoice, int[][] registerOfChoice, long[][] valueOfChoice, int[] traits, long used, int mostGeneral,
            long fixed) {
        long[] any = new long[allowedByChoice.length];
        for (int event = 0; event < any.length; event++) {
            for (long allowed : allowedByChoice[event]) {
                any[event] |= allowed;
            }
        }
        if (of(any, traits, used, mostGeneral, fixed) == null) {
            return null;
        }
        return new RegisterChoice(allowedByChoice, registerOfChoice, valueOfChoice)
                .first(allowed -> of(allowed, traits, used, mostGeneral, fixed));
    }

    /** Whether there would be enough counters if each could count everything. */
    private boolean isEnough() {
        int needed = allowed.length;
        for (int event = 0; event < allowed.length; event++) {
            needed += isPaired(event) ? 1 : 0;
        }
        return needed <= mostGeneral + Long.bitCount(fixed & ~used);
    }

    private boolean isPaired(int event) {
        return (traits[event] & PerfCore.PAIRED) != 0;
    }

    private boolean placePairs(int from, long taken) {
        // Pairs come in the same order always, so what is taken says how many are placed.
        if (!seen.add(taken)) {
            return false;
        }
        int event = from;
        while (event < allowed.length && !isPaired(event)) {
            event++;
        }
        if (event == allowed.length) {
            return match(taken);
        }
        long free = ~taken;
        for (long rest = allowed[event] & free & free >>> 1; rest != 0; rest &= rest - 1) {
            counters[event] = Long.numberOfTrailingZeros(rest);
            if (placePairs(event + 1, taken | 3L << counters[event])) {
                return true;
            }
        }
        return false;
    }

    /**
     * Matches all but pairs. Those that can be on fixed counters are matched with these first: a path never leaves a counter unmatched that
     * was matched, so in the end there are as many on fixed counters as there can be, and as few on others.
     */
    private boolean match(long taken) {
        Arrays.fill(owner, NOBODY);
        boolean[] isMatched = new boolean[allowed.length];
        for (int event = 0; event < allowed.length; event++) {
            visited = taken | ~fixed;
            isMatched[event] = isPaired(event) || augment(event);
        }
        for (int event = 0; event < allowed.length; event++) {
            visited = taken;
            if (!isMatched[event] && !augment(event)) {
                return false;
            }
        }
        long all = taken;
        for (int counter = 0; counter < owner.length; counter++) {
            if (owner[counter] != NOBODY) {
                counters[owner[counter]] = counter;
                all |= 1L << counter;
            }
        }
        return Long.bitCount(all & ~used & ~fixed) <= mostGeneral;
    }

    private boolean augment(int event) {
        long open = allowed[event] & ~visited;
        while (open != 0) {
            int counter = Long.numberOfTrailingZeros(open);
            visited |= 1L << counter;
            if (owner[counter] == NOBODY || augment(owner[counter])) {
                owner[counter] = event;
                return true;
            }
            open = allowed[event] & ~visited;
        }
        return false;
    }
}
