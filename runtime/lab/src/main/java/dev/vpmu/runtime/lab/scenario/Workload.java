package dev.vpmu.runtime.lab.scenario;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a guest's program does, always the same, in user mode.
 *
 * @param megahertz how fast its CPU runs
 * @param rates how often each event occurs in a million cycles, by name or role; a name goes before the event's role
 */
public record Workload(long megahertz, Map<String, Long> rates) {

    /** Cycles of which rates are said. */
    static final long MILLION = 1_000_000;

    /** The clock of the E5-2699 v4; 1.5 instructions a cycle, a branch every 5 cycles, and some misses. */
    public static final Workload USUAL = new Workload(2_200, Map.of("instructions", 1_500_000L, "branches", 200_000L, "branch misses", 2_000L,
            "cache references", 10_000L, "cache misses", 1_000L));

    public Workload {
        rates = Map.copyOf(rates);
        if (megahertz < 1) {
            throw new IllegalArgumentException("a clock of " + megahertz + " MHz");
        }
        rates.forEach((event, rate) -> {
            if (rate < 0) {
                throw new IllegalArgumentException(event + " occurs " + rate + " times in a million cycles");
            }
        });
    }

    /** The same, in which an event occurs so often in a million cycles. */
    public Workload with(String event, long rate) {
        Map<String, Long> all = new TreeMap<>(rates);
        all.put(event, rate);
        return new Workload(megahertz, all);
    }

    /** The same on a CPU of another clock. */
    public Workload at(long otherMegahertz) {
        return new Workload(otherMegahertz, rates);
    }
}
