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
    private final Set<Vcpu> inGuest = new LinkedHashSet<>();
    private final List<Interrupt> interrupts = new ArrayList<>();
    private final List<EventStep> steps = new ArrayList<>();
    private final List<Traffic> traffic = new ArrayList<>();
    private int injected;
    private boolean muted;

    Happenings(Stage stage) {
        this.stage = stage;
    }

    boolean isInGuest(Vcpu vcpu) {
        return inGuest.contains(vcpu);
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
            checks().accessed(cpu, party, access, address, value);
        }
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        checks().exited(vcpu, reason);
        inGuest.remove(vcpu);
    }

    @Override
    public void entered(Vcpu vcpu) {
        checks().entered(vcpu);
        inGuest.add(vcpu);
    }

    @Override
    public void changed(Vcpu vcpu, EventStep step) {
        steps.add(step);
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean guest, int handled) {
        checks().interrupted(cpu, guest, handled);
        interrupts.add(new Interrupt(guest, handled));
    }

    @Override
    public void injected(Vcpu vcpu) {
        injected++;
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
        checks().emulated(vcpu, access, address, value);
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        checks().scheduled(cpu, thread);
    }

    @Override
    public void placed(PhysicalCpu cpu, PerfEvent event, int counter) {
        checks().placed(cpu, event, counter);
    }

    private MachineListener checks() {
        return stage.invariants().areChecked() ? stage.invariants().host() : MachineListener.NONE;
    }
}
