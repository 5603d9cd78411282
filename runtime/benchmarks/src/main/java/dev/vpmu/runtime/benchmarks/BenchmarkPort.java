package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.vpmu.MsrSwitch;
import dev.vpmu.runtime.vpmu.VcpuPort;

/** A vCPU that is always on one CPU, and notes whether something was asked for. */
final class BenchmarkPort implements VcpuPort {

    private final PerfCore perf;
    private final EventContext task = EventContext.ofTask("vCPU");
    private final MsrSwitch msrs = new MsrSwitch();
    private boolean requested;

    BenchmarkPort(PerfCore perf) {
        this.perf = perf;
    }

    /** Whether something was asked for since the last time. */
    boolean takeRequest() {
        boolean was = requested;
        requested = false;
        return was;
    }

    @Override
    public PerfCore perf() {
        return perf;
    }

    @Override
    public EventContext task() {
        return task;
    }

    @Override
    public MsrSwitch msrSwitch() {
        return msrs;
    }

    @Override
    public void request(Request what) {
        requested = true;
    }

    @Override
    public boolean isInterruptedInGuest() {
        return false;
    }

    @Override
    public void afterNmi(Runnable work) {
        work.run();
    }

    @Override
    public void tell(EventStep step) {
    }
}
