package dev.vpmu.generator.perf.conservation;

import dev.vpmu.runtime.perf.EventAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * An event to be opened.
 *
 * @param id its number in the schedule
 * @param context 0 and 1 for the CPUs' own, the following ones for tasks
 * @param leader the number of the event whose group it joins; -1 if it leads
 * @param what what it counts
 * @param flags what else is asked of it
 * @param counters what narrows its counters, a global mask
 * @param period its sampling period, or 0
 * @param frequency its sampling frequency, or 0
 * @param limit after how many samples its handler disables it; 0 if it never does
 */
record Wanted(int id, int context, int leader, Askable what, List<Flag> flags, long counters, long period, long frequency, int limit) {

    /** What can be asked of an event beside what it counts. */
    enum Flag {
        PINNED, EXCLUSIVE, DISABLED, NOT_IN_USER, NOT_IN_KERNEL, NOT_IN_HOST, NOT_IN_GUEST, PRECISE
    }

    Wanted {
        flags = List.copyOf(flags);
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    boolean isLeader() {
        return leader < 0;
    }

    /** As perf is asked. */
    EventAttributes attributes() {
        EventAttributes.Builder builder = what.attributes().toBuilder().counters(counters & what.attributes().counters());
        for (Flag flag : flags) {
            switch (flag) {
                case PINNED -> builder.pinned();
                case EXCLUSIVE -> builder.exclusive();
                case DISABLED -> builder.disabled();
                case NOT_IN_USER -> builder.excludeUser();
                case NOT_IN_KERNEL -> builder.excludeKernel();
                case NOT_IN_HOST -> builder.excludeHost();
                case NOT_IN_GUEST -> builder.excludeGuest();
                case PRECISE -> builder.precise(1);
            }
        }
        if (period != 0) {
            builder.period(period);
        } else if (frequency != 0) {
            builder.frequency(frequency);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of("#" + id + " " + what, context < Stage.CPUS ? "of CPU " + context : "of task " + context));
        if (!isLeader()) {
            parts.add("in the group of #" + leader);
        }
        flags.forEach(flag -> parts.add(flag.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
        if (counters != -1) {
            parts.add("on 0x" + Long.toHexString(counters));
        }
        if (period != 0 || frequency != 0) {
            parts.add(period != 0 ? "period " + period : "frequency " + frequency);
        }
        if (limit != 0) {
            parts.add("at the most " + limit + " samples");
        }
        return String.join(", ", parts);
    }
}
