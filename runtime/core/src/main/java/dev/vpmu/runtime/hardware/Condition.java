package dev.vpmu.runtime.hardware;

/**
 * What a counter asks of the occurrences of one cycle, packed into a word: threshold, then invert. Edge detection comes after it and
 * is not part of it.
 *
 * <p>With threshold 0 the condition holds in each cycle in which anything occurs, and the other two have no effect. Otherwise it
 * holds in cycles with at least threshold occurrences; with {@code equal}, exactly as many; with {@code invert}, in all others
 * instead. (SDM vol. 3, 20.2.1.1; domain.md §2.2.)
 */
public final class Condition {

    private static final long INVERT = 1;
    private static final long EQUAL = 2;
    private static final int THRESHOLD_SHIFT = 2;

    private Condition() {
    }

    /**
     * The condition's word.
     *
     * @param threshold the selector's counter mask, up to 2^61 - 1
     */
    public static long of(long threshold, boolean invert, boolean equal) {
        return threshold << THRESHOLD_SHIFT | (equal ? EQUAL : 0) | (invert ? INVERT : 0);
    }

    /** Whether there is a threshold: then a counter adds 1 in each cycle in which the condition holds, else the occurrences. */
    static boolean hasThreshold(long condition) {
        return condition >>> THRESHOLD_SHIFT != 0;
    }

    /** Whether the condition holds in a cycle with that many occurrences. */
    static boolean holds(long condition, long occurrences) {
        long threshold = condition >>> THRESHOLD_SHIFT;
        if (threshold == 0) {
            return occurrences != 0;
        }
        boolean reached = (condition & EQUAL) != 0 ? occurrences == threshold : occurrences >= threshold;
        return reached != ((condition & INVERT) != 0);
    }
}
