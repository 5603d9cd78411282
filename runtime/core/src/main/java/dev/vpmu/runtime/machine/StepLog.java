package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.cpu.RegisterElement;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.VcpuPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everything that a machine does, as numbered lines for people. */
public final class StepLog implements MachineListener {

    private final Map<Integer, String> names = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    /** A log of nothing yet. */
    public StepLog(Machine machine) {
        for (RegisterElement register : machine.cpu().registers()) {
            names.put((int) register.address(), register.name());
        }
    }

    /** What has been done since the last {@link #clear()}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Forgets what has been done, and numbers from 1 again. */
    public void clear() {
        lines.clear();
    }

    private void add(String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, "%3d  ", lines.size() + 1) + String.format(Locale.ROOT, format, arguments));
    }

    private String register(Access access, int address) {
        return access == Access.RDPMC ? "0x" + Integer.toHexString(address) : names.getOrDefault(address, "0x" + Integer.toHexString(address));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        add("%-7s %s %s %s 0x%x", lower(party), access, register(access, address), access == Access.WRMSR ? "=" : "->", value);
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
        add("guest   %s %s %s 0x%x is carried out for %s", access, register(access, address), access == Access.WRMSR ? "=" : "->", value, vcpu);
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        add("cpu     VM-exit of %s: %s (%d)", vcpu, reason, reason.number());
    }

    @Override
    public void entered(Vcpu vcpu) {
        add("cpu     VM-entry of %s", vcpu);
    }

    @Override
    public void changed(Vcpu vcpu, VcpuPort.EventStep step) {
        add("host    event: %s, for %s", lower(step), vcpu);
    }

    @Override
    public void passed(PhysicalCpu cpu) {
        add("host    perf goes through its events");
    }

    @Override
    public void placed(PhysicalCpu cpu, PerfEvent event, int counter) {
        add("host    %s %s", event.name(), counter < 0 ? "leaves its counter" : "is put on " + cpu.perf().nameOf(counter));
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean inGuest, int handled) {
        add("cpu     PMI in %s mode, %d handled", inGuest ? "guest" : "host", handled);
    }

    @Override
    public void requested(Vcpu vcpu, VcpuPort.Request what) {
        add("host    request %s for %s", what, vcpu);
    }

    @Override
    public void ranIrqWork(Vcpu vcpu) {
        add("host    irq-work for %s", vcpu);
    }

    @Override
    public void kicked(Vcpu vcpu) {
        add("host    kick of %s", vcpu);
    }

    @Override
    public void injected(Vcpu vcpu) {
        add("host    PMI for %s", vcpu);
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        add("host    %s runs %s", cpu, thread == null ? "nothing" : thread);
    }
}
