package dev.vpmu.generator.perf.conservation;

/**
 * When samples of an event with a fixed period are due, from its count alone.
 *
 * <p>A sample is due once the count reaches a period's end, and is taken by the first PMI from then on. One that finds a whole period
 * more gone by begins anew from the count it found; so does an event that is started anew, without a sample. Whether it was started
 * while a PMI was on its way cannot be seen from outside, so what is known of the next end is a range.
 */
final class SampleBook {

    private final long slack;
    private long period;
    /** The next period's end is no earlier, and no later. */
    private long earliest;
    private long latest;
    private long delivered;
    private long skipped;

    /**
     * A book of an event that has counted nothing.
     *
     * @param slack by how many occurrences a counter may be late, because it does not take a shorter period
     */
    SampleBook(long period, long slack) {
        this.slack = slack;
        this.period = period;
        this.earliest = period;
        this.latest = period;
    }

    /** The period is another from now on. */
    void period(long next, long count) {
        skipped += period;
        period = next;
        earliest = count + next;
        latest = earliest;
    }

    /** A sample was delivered; a complaint, or null. */
    String sample(long count, long occurrences) {
        delivered += occurrences;
        if (occurrences != period) {
            return "a sample stands for " + occurrences + " occurrences, and the period is " + period;
        }
        if (count < earliest) {
            return "a sample at " + count + " is earlier than due, at " + earliest;
        }
        skipped += count - earliest >= period ? count - earliest : 0;
        long end = Math.min(latest, count);
        long first = first(earliest, end, count);
        latest = last(earliest, end, count);
        earliest = first;
        return null;
    }

    /** A PMI was handled while the event counted, and took no sample; a complaint, or null. */
    String quiet(long count) {
        if (count >= latest + slack) {
            return "a PMI at " + count + " takes no sample, which has been due since " + latest;
        }
        earliest = Math.max(earliest, Math.min(latest, count - slack + 1));
        return null;
    }

    /** The event may have been started anew. */
    void restarted(long count) {
        if (count >= earliest) {
            skipped += period + count - earliest;
            latest = Math.max(latest, last(earliest, Math.min(latest, count), count));
        }
    }

    /** Checks that a PMI has come in time, if there are no more than {@code late} occurrences while it is on its way; a complaint, or null. */
    String overdue(long count, long late) {
        return count >= latest + slack + late ? "a sample has been due since " + latest + ", at " + count + " no PMI has come" : null;
    }

    /** Checks what samples stand for against the count, if there are no more than {@code late} occurrences while a PMI is on its way; a complaint, or null. */
    String balance(long count, long late) {
        if (delivered > count) {
            return "samples stand for " + delivered + " occurrences of " + count;
        }
        return count - delivered > period + slack + late + skipped ? "samples stand for " + delivered + " occurrences of " + count + ", with a period of " + period
                + " and " + skipped + " passed over" : null;
    }

    /** The earliest end that follows one of [{@code from}, {@code to}) found at a count: of the next period, or of one begun at the count. */
    private long first(long from, long to, long count) {
        return to > count - period ? Math.max(from, count - period + 1) + period : count + period;
    }

    private long last(long from, long to, long count) {
        return from <= count - period ? count + period : to + period;
    }
}
