package dev.vpmu.generator.perf.conservation;

import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.Set;

/**
 * What holds for a whole schedule.
 *
 * @param siblings whether the CPUs are threads of one core
 * @param choice what happens to pinned events without a place
 * @param samplesPerTick how many samples an event may take in a tick
 * @param tickNanos how far apart ticks are
 * @param watchdogCycles the watchdog's period
 * @param uniform whether all the work is the same in every cycle
 */
record Setting(boolean siblings, PinnedChoice choice, int samplesPerTick, long tickNanos, long watchdogCycles, boolean uniform) {

    PerfSystem system() {
        PerfSystem system = new PerfSystem(choice, Set.of());
        system.samplesPerTick(samplesPerTick);
        system.tickNanos(tickNanos);
        system.watchdogCycles(watchdogCycles);
        return system;
    }
}
