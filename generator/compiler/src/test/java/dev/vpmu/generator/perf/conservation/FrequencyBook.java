package dev.vpmu.generator.perf.conservation;

/**
 * What samples of an event with a frequency can stand for. Which period it has is the library's choice; but each sample stands for the
 * period that was there when it came, and only as far as the period grew meanwhile can that be more than what was counted.
 */
final class FrequencyBook {

    private long period = 1;
    private long grown;
    private long delivered;

    /** The period is another now. */
    void period(long next) {
        grown += Math.max(0, next - period);
        period = next;
    }

    /** A sample was delivered; a complaint, or null. */
    String sample(long count, long occurrences) {
        delivered += occurrences;
        return occurrences < 1 ? "a sample stands for " + occurrences + " occurrences" : null;
    }

    /** Checks what samples stand for against the count; a complaint, or null. */
    String balance(long count) {
        return delivered > count + grown ? "samples stand for " + delivered + " occurrences of " + count + ", and periods have grown by " + grown : null;
    }
}
