package dev.vpmu.runtime.hardware;

import java.util.ArrayList;
import java.util.List;

/** What a counter asks of a cycle, as domain.md §2.2 has it: what {@link Condition} is held against. */
record Asked(long threshold, boolean invert, boolean equal) {

    /** Every combination with a threshold up to {@code threshold}. */
    static List<Asked> upTo(long threshold) {
        List<Asked> all = new ArrayList<>();
        for (long t = 0; t <= threshold; t++) {
            for (int bits = 0; bits < 4; bits++) {
                all.add(new Asked(t, (bits & 1) != 0, (bits & 2) != 0));
            }
        }
        return all;
    }

    long word() {
        return Condition.of(threshold, invert, equal);
    }

    boolean holds(long occurrences) {
        if (threshold == 0) {
            return occurrences >= 1;
        }
        boolean reached = equal ? occurrences == threshold : occurrences >= threshold;
        return invert ? !reached : reached;
    }

    /** What a counter adds in a cycle; {@code before} is whether the condition held in the one before it. */
    long adds(long occurrences, boolean edge, boolean before) {
        if (edge) {
            return holds(occurrences) && !before ? 1 : 0;
        }
        return threshold == 0 ? occurrences : holds(occurrences) ? 1 : 0;
    }
}
