package dev.vpmu.generator.machine.conservation;

import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;

/**
 * An event of the host's, of a CPU or of a thread.
 *
 * @param counts what it counts, as steps name it
 * @param on its CPU; null if it is a thread's
 * @param of its thread; null if it is a CPU's
 * @param expected what it should have counted
 */
record HostEvent(PerfEvent event, long counts, PhysicalCpu on, HostThread of, long[] expected) {

    /** Its share of what was worked on a CPU. */
    void worked(PhysicalCpu cpu, boolean inGuest, Work work, long from, long to) {
        EventAttributes attributes = event.attributes();
        boolean excluded = (inGuest ? attributes.excludesGuest() : attributes.excludesHost()) || (work.ring() == 0 ? attributes.excludesKernel() : attributes.excludesUser());
        if (!excluded && (on == null ? of == cpu.thread() : on == cpu)) {
            expected[0] += work.in(counts, from, to);
        }
    }
}
