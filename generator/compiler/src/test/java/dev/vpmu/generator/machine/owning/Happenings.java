package dev.vpmu.generator.machine.owning;

import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What happens on a machine, for tests to look at. */
final class Happenings implements MachineListener {

    /** A PMI that came to a CPU. */
    record Interrupt(boolean inGuest, int handled) {
    }

    private final Stage stage;
    private final Set<HostThread> threads = new LinkedHashSet<>();
    private final Set<Vcpu> inGuest = new LinkedHashSet<>();
    private final List<Interrupt> interrupts = new ArrayList<>();
    private final List<EventStep> steps = new ArrayList<>();
    private final List<Traffic> traffic = new ArrayList<>();
    private final long[] usedByHost;
    private int injected;
    private boolean muted;

    Happenings(Stage stage) {
        this.stage = stage;
        usedByHost = new long[Stage.CPUS];
    }

    /** Every thread that has run. */
    Set<HostThread> threads() {
        return threads;
    }

    boolean isInGuest(Vcpu vcpu) {
        return inGuest.contains(vcpu);
    }

    /** The counters that host events have been on since no guest's was there, a global mask. */
    long usedByHost(PhysicalCpu cpu) {
        return usedByHost[cpu.number()];
    }

    /** PMIs since the last time. */
    List<Interrupt> takeInterrupts() {
        List<Interrupt> taken = List.copyOf(interrupts);
        interrupts.clear();
        return taken;
    }

    /** How many PMIs guests have been given since the last time. */
    int takeInjected() {
        int taken = injected;
        injected = 0;
        return taken;
    }

    /** What has been done to host events for guests. */
    List<EventStep> steps() {
        return steps;
    }

    /** The register accesses since the last time. */
    List<Traffic> takeTraffic() {
        List<Traffic> taken = List.copyOf(traffic);
        traffic.clear();
        return taken;
    }

    /** Does something that is no part of what happens. */
    void muted(Runnable looking) {
        muted = true;
        try {
            looking.run();
        } finally {
            muted = false;
        }
    }

    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        if (!muted) {
            traffic.add(new Traffic(party, access, address, value));
            stage.invariants().accessed(cpu);
        }
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        inGuest.remove(vcpu);
    }

    @Override
    public void entered(Vcpu vcpu) {
        inGuest.add(vcpu);
    }

    @Override
    public void changed(Vcpu vcpu, EventStep step) {
        steps.add(step);
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean guest, int handled) {
        interrupts.add(new Interrupt(guest, handled));
    }

    @Override
    public void injected(Vcpu vcpu) {
        injected++;
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        if (thread != null) {
            threads.add(thread);
        }
    }

    @Override
    public void placed(PhysicalCpu cpu, PerfEvent event, int counter) {
        if (counter >= 0) {
            usedByHost[cpu.number()] |= 1L << counter;
        }
    }

    /** Counters are a guest's; what it leaves there is no doing of the host's any more. */
    void givenUp(PhysicalCpu cpu, long counters) {
        usedByHost[cpu.number()] &= ~counters;
    }
}
