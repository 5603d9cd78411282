package dev.vpmu.generator.machine.conservation;

/** How much was looked at. */
final class Tally {
    long exact;
    long busy;
    long bounded;
    long statuses;
    long wraps;
    long handled;
    long hostReads;
    long busyHostReads;

    @Override
    public String toString() {
        return exact + " exact reads, " + busy + " of what has counted, " + bounded + " bounded ones, " + statuses + " exact statuses, " + wraps + " with overflows, " + handled + " PMIs handled, " + hostReads
                + " reads of host events, " + busyHostReads + " of what has counted";
    }
}
