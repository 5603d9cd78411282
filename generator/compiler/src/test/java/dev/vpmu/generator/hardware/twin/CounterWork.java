package dev.vpmu.generator.hardware.twin;

/**
 * What one counter does in a stretch of a step in which nothing but its value changes.
 *
 * @param counter the counter
 * @param control what it is told
 * @param event when its event occurs
 * @param from the stretch's first cycle in the step
 */
record CounterWork(InterpretedCounter counter, Control control, OccurrencePattern event, long from) {

    /** What it adds in the cycles before {@code to}, one at least. */
    private long added(long to) {
        return event.count(control.condition(), control.edge(), counter.held(), from, to);
    }

    private boolean overflowsBefore(long to) {
        return Long.compareUnsigned(added(to), counter.room()) > 0;
    }

    /** The end of the cycle in which it overflows and asks for a PMI; {@code to} if there is none before. */
    long interrupt(long to) {
        if (!control.interrupt() || !overflowsBefore(to)) {
            return to;
        }
        long none = from;
        long one = to;
        while (one - none > 1) {
            long middle = (none + one) >>> 1;
            if (overflowsBefore(middle)) {
                one = middle;
            } else {
                none = middle;
            }
        }
        return one;
    }

    /** Counts the cycles before {@code to}, one at least; returns whether it overflowed and asks for a PMI. */
    boolean count(long to) {
        boolean carry = counter.add(added(to));
        counter.held(control.edge() && event.holds(control.condition(), to - 1));
        return carry && control.interrupt();
    }
}
