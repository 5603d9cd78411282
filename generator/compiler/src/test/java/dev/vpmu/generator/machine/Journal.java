package dev.vpmu.generator.machine;

import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes down what a machine does, a line for each thing, and counts what is done to host events on behalf of guests. */
final class Journal implements MachineListener {

    /** A register access of the hardware. */
    record Accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %s 0x%X 0x%X", party, access, address, value);
        }
    }

    private final List<String> lines = new ArrayList<>();
    private final List<Accessed> accesses = new ArrayList<>();
    private final Map<EventStep, Integer> steps = new TreeMap<>();

    /** What has been done to host events since the last time, each with how often. */
    Map<EventStep, Integer> takeSteps() {
        Map<EventStep, Integer> taken = new TreeMap<>(steps);
        steps.clear();
        return taken;
    }

    /** The accesses to hardware registers since the last time. */
    List<Accessed> takeAccesses() {
        List<Accessed> taken = new ArrayList<>(accesses);
        accesses.clear();
        return taken;
    }

    /** What happened since the last time, but for accesses to hardware registers. */
    List<String> take() {
        List<String> taken = new ArrayList<>(lines);
        lines.clear();
        return taken;
    }

    /** Where it writes. */
    List<String> lines() {
        return lines;
    }

    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        accesses.add(new Accessed(cpu, party, access, address, value));
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        lines.add(vcpu + " exits: " + reason);
    }

    @Override
    public void entered(Vcpu vcpu) {
        lines.add(vcpu + " enters");
    }

    @Override
    public void changed(Vcpu vcpu, EventStep step) {
        steps.merge(step, 1, Integer::sum);
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean inGuest, int handled) {
        lines.add(cpu + " takes an NMI in " + (inGuest ? "guest" : "host") + " mode, handles " + handled);
    }

    @Override
    public void requested(Vcpu vcpu, VcpuPort.Request what) {
        lines.add(vcpu + " is asked for " + what);
    }

    @Override
    public void ranIrqWork(Vcpu vcpu) {
        lines.add(vcpu + "'s irq-work ran");
    }

    @Override
    public void kicked(Vcpu vcpu) {
        lines.add(vcpu + " is kicked");
    }

    @Override
    public void injected(Vcpu vcpu) {
        lines.add(vcpu + " gets a PMI");
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        lines.add(cpu + " runs " + (thread == null ? "nothing" : thread));
    }
}
