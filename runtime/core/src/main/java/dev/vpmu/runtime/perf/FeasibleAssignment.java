package dev.vpmu.runtime.perf;

/** Finds counters for events whenever there is a way, however long it takes: the measure of what {@link CounterAssignment} refuses. */
final class FeasibleAssignment {

    private FeasibleAssignment() {
    }

    static int[] of(long[] allowed, int[] traits, long used, int mostGeneral, long fixed) {
        return null;
    }

    static int[] of(long[][] allowedByChoice, int[][] registerOfChoice, long[][] valueOfChoice, int[] traits, long used, int mostGeneral,
            long fixed) {
        return null;
    }
}
