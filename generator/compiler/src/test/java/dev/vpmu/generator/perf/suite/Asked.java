package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.runtime.perf.EventAttributes;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event that a test can ask for, and what the model says of it.
 *
 * @param name what messages call it
 * @param code the event code that a selector asks for
 * @param umask the unit mask
 * @param config the selector's bits; of what one fixed counter counts, none
 * @param onlyCounter the fixed counter that is asked for without a selector; -1 if a selector asks for it
 * @param allowed the counters that can hold it, a global mask
 * @param isExclusive whether the sibling thread must leave its counter alone
 * @param isPaired whether it takes the next counter too
 * @param occurrence the name by which steps know it; absent if it is a clock
 * @param clock the clock whose ticks it is
 */
record Asked(String name, int code, int umask, long config, int onlyCounter, long allowed, boolean isExclusive, boolean isPaired,
        OptionalLong occurrence, Optional<Clock> clock) {

    /** What perf is asked for. */
    EventAttributes.Builder attributes() {
        return attributes(name);
    }

    /** The same under another name. */
    EventAttributes.Builder attributes(String as) {
        return onlyCounter < 0 ? EventAttributes.of(as, config) : EventAttributes.onCounter(as, onlyCounter, config);
    }

    /** With more of the selector's bits, which change nothing of what it counts. */
    Asked with(long bits, long nowAllowed) {
        return new Asked(name + "+" + Long.toHexString(bits), code, umask, config | bits, onlyCounter, nowAllowed, isExclusive, isPaired, occurrence, clock);
    }

    /** The lowest counter that can hold it. */
    int first() {
        return Long.numberOfTrailingZeros(allowed);
    }

    @Override
    public String toString() {
        return name;
    }
}
