package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfObserver;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.VpmuDesign;

/** A guest of one vCPU that runs perf beside its {@linkplain EvenWork work}. */
final class ProfiledGuest {

    /** In the guest's own time; Linux's 250 a second. */
    private static final long MILLISECONDS_A_TICK = 4;

    private final EvenWork work;
    private final PhysicalCpu physical;
    private final Vcpu vcpu;
    private final PerfCore perf;
    private long milliseconds;

    /** A guest that has just been given a CPU, and runs on it. */
    ProfiledGuest(Cpu cpu, PhysicalCpu physical, String name, VpmuDesign design, EvenWork work, Watch watch) {
        this.work = work;
        this.physical = physical;
        vcpu = new Vcpu(physical.machine(), name, design);
        physical.schedule(vcpu);
        vcpu.run();
        vcpu.privilege(0, true, true);
        perf = cpu.perf(new PerfSystem(), vcpu, vcpu.lvt(), physical::nanos, false);
        vcpu.onPmi(perf::nmi);
        perf.observe(new PerfObserver() {
            @Override
            public void throttled(PerfEvent event) {
                watch.lost(Watch.THROTTLED);
            }
        });
    }

    /** What the guest's perf counts for a while. */
    final class Session {

        private final PmuEvent counted;
        private final PerfEvent event;
        private final long began = milliseconds;
        private long samples;

        private Session(PmuEvent counted, EventAttributes attributes) {
            this.counted = counted;
            event = perf.open(perf.cpuContext(), attributes, (sampled, period) -> samples++);
        }

        /** Ends it. */
        Result.Count close() {
            long occurred = (milliseconds - began) * work.occurrences(counted);
            long told = event.scaled();
            perf.close(event);
            long period = event.attributes().samplePeriod();
            return new Result.Count(counted.name(), told, occurred, period == 0 ? 0 : occurred / period, samples);
        }
    }

    /** Counts an event in user mode, where all its work is. */
    Session count(PmuEvent event) {
        return new Session(event, physical.machine().cpu().attributes(event).excludeKernel().build());
    }

    /** Counts an event, and samples it so often a second; 0 for never. */
    Session sample(PmuEvent event, long hertz) {
        EventAttributes.Builder asked = physical.machine().cpu().attributes(event);
        return new Session(event, (hertz == 0 ? asked : asked.period(Math.max(1, work.occurrences(event) * 1_000 / hertz))).build());
    }

    /** It gets its CPU, from whoever has it; if it has it itself, it is preempted. */
    void turn() {
        if (physical.thread() == vcpu) {
            physical.schedule(null);
        }
        physical.schedule(vcpu);
    }

    /** It has its CPU. */
    void resume() {
        physical.schedule(vcpu);
    }

    /** Its perf's multiplexing timer. */
    void rotate() {
        perf.rotate();
    }

    /** Works for a millisecond. */
    void work() {
        for (long at = 0; at < work.step().cycles();) {
            at = vcpu.work(work.step(), at, work.step().cycles());
        }
        if (++milliseconds % MILLISECONDS_A_TICK == 0) {
            perf.tick();
        }
    }

    /** How long it has worked, in nanoseconds. */
    double nanos() {
        return milliseconds * 1e6;
    }
}
