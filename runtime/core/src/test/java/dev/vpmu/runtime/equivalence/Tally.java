package dev.vpmu.runtime.equivalence;

/** How much was compared. */
public final class Tally {

    long schedules;
    long programs;
    long disturbances;
    long words;
    long faults;
    long pmis;
    long hostPmis;
    long hostReads;
    long busyHostReads;

    /** How many operations guests did. */
    public long operations() {
        return programs;
    }

    @Override
    public String toString() {
        return programs + " operations of guests, " + disturbances + " of the host in " + schedules + " schedules; " + words + " words compared, among them "
                + faults + " faults and " + pmis + " PMIs; the host took " + hostPmis + " NMIs; " + hostReads + " host events read, " + busyHostReads + " of them had counted";
    }
}
