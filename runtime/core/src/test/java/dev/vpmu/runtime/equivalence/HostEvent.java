package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;

/** An event of the host's, and what it should have counted: what its CPU or thread has worked outside guest mode while it was on the PMU. */
final class HostEvent {

    final PerfEvent event;
    final PhysicalCpu cpu;
    final HostThread thread;
    private final long counts;
    boolean wasInError;
    private long expected;

    /** @param counts what it counts, as steps name it; exactly one of {@code cpu} and {@code thread} is there */
    HostEvent(PerfEvent event, long counts, PhysicalCpu cpu, HostThread thread) {
        this.event = event;
        this.counts = counts;
        this.cpu = cpu;
        this.thread = thread;
    }

    /** A CPU has worked cycles [{@code from}, {@code to}) of a step outside guest mode. */
    void worked(PhysicalCpu on, Step step, long from, long to) {
        EventAttributes attributes = event.attributes();
        boolean excluded = attributes.excludesHost() || (step.ring() == 0 ? attributes.excludesKernel() : attributes.excludesUser());
        if (event.state() == PerfEvent.State.ACTIVE && !excluded && (cpu == null ? thread == on.thread() : cpu == on)) {
            expected += counts == WorkDraw.CYCLES ? to - from : step.pattern(counts).occurrences(from, to);
        }
    }

    void check() {
        long count = event.read();
        if (count != expected) {
            throw new AssertionError(event + " has counted " + count + "; its party has worked " + expected);
        }
    }
}
