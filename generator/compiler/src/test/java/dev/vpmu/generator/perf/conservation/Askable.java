package dev.vpmu.generator.perf.conservation;

import dev.vpmu.runtime.perf.EventAttributes;

/**
 * Something that perf can be asked to count on a CPU.
 *
 * @param kind what it counts
 * @param attributes how it is asked for
 * @param counters the counters that can hold it, a global mask
 * @param leastPeriod the smallest period at which it is sampled
 */
record Askable(Kind kind, EventAttributes attributes, long counters, long leastPeriod) {

    @Override
    public String toString() {
        return attributes.name() + (attributes.extra() != 0 ? " with 0x" + Long.toHexString(attributes.extra()) : "");
    }
}
