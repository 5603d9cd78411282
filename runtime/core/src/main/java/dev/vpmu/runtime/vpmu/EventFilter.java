package dev.vpmu.runtime.vpmu;

import java.util.List;
import java.util.Objects;

/**
 * Which events a virtual machine's guests may count. Fixed counters follow the bitmap and nothing else, the others the list. Immutable.
 * (domain.md §5.5.)
 */
public final class EventFilter {

    /** What happens to events of the list. */
    public enum Action {
        ALLOW, DENY
    }

    private static final int MOST_ENTRIES = 300;
    private static final long EVENT_LOW = 0xFF;
    private static final long EVENT_HIGH = 0xF_0000_0000L;
    private static final int EVENT_HIGH_SHIFT = 24;
    private static final int UMASK_SHIFT = 8;
    private static final int UMASK_MASK_SHIFT = 56;
    private static final long EXCLUDE = 1L << 55;
    private static final long UMASK_BITS = 0xFF00;
    private static final long VALID = EVENT_LOW | EVENT_HIGH | UMASK_BITS;
    private static final long VALID_IF_MASKED = VALID | EXCLUDE | 0xFFL << UMASK_MASK_SHIFT;

    private final Action action;
    private final boolean masked;
    private final long fixedCounters;
    private final long[] entries;

    /**
     * A filter.
     *
     * @param masked whether entries have masks of the unit mask [63:56] and an exclusion bit [55]; otherwise an entry with bits
     *     beside event and unit mask stands for nothing
     * @param fixedCounters bit i for fixed counter i: those that may count ({@code ALLOW}), or may not ({@code DENY})
     * @param entries the list: event [7:0] and [35:32], unit mask [15:8]
     * @throws IllegalArgumentException if there are more than 300 entries, or one has bits that a masked entry does not have
     */
    public EventFilter(Action action, boolean masked, long fixedCounters, List<Long> entries) {
        if (entries.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(entries.size() + " entries; " + MOST_ENTRIES + " are possible");
        }
        for (long entry : entries) {
            if (masked && (entry & ~VALID_IF_MASKED) != 0) {
                throw new IllegalArgumentException("entry 0x" + Long.toHexString(entry) + " has bits 0x" + Long.toHexString(entry & ~VALID_IF_MASKED)
                        + ", which masked entries do not have");
            }
        }
        this.action = Objects.requireNonNull(action, "action");
        this.masked = masked;
        this.fixedCounters = fixedCounters;
        this.entries = entries.stream().mapToLong(Long::longValue).filter(entry -> masked || (entry & ~VALID) == 0).toArray();
    }

    /** Whether fixed counter {@code index} may count. */
    public boolean allowsFixed(int index) {
        return (fixedCounters >>> index & 1) != 0 == (action == Action.ALLOW);
    }

    /** Whether a programmable counter may count an event. */
    public boolean allows(int event, int umask) {
        boolean included = false;
        for (long entry : entries) {
            if (eventOf(entry) == event && matches(entry, umask)) {
                if (masked && (entry & EXCLUDE) != 0) {
                    return action != Action.ALLOW;
                }
                included = true;
            }
        }
        return included == (action == Action.ALLOW);
    }

    private static int eventOf(long entry) {
        return (int) (entry & EVENT_LOW | (entry & EVENT_HIGH) >>> EVENT_HIGH_SHIFT);
    }

    private boolean matches(long entry, int umask) {
        int mask = masked ? (int) (entry >>> UMASK_MASK_SHIFT) : 0xFF;
        return (umask & mask) == (int) ((entry & UMASK_BITS) >>> UMASK_SHIFT);
    }
}
