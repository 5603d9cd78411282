package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.StepLog;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.VcpuPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a machine does, as numbered lines; beside each that is a {@link CostStep} the step, and what it costs. */
final class PricedLog implements MachineListener {

    private final StepLog log;
    private final StepCounter counter = new StepCounter();
    private final CostTable costs;
    private final String policy;
    private final List<String> lines = new ArrayList<>();

    /** A log of nothing yet. */
    PricedLog(Machine machine, CostTable costs, String policy) {
        this.log = new StepLog(machine);
        this.costs = costs;
        this.policy = policy;
    }

    /** What has been done. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    private void add(Consumer<MachineListener> what) {
        what.accept(log);
        what.accept(counter);
        List<String> all = log.lines();
        StringBuilder line = new StringBuilder(all.get(all.size() - 1));
        counter.take().taken().keySet().forEach(step -> {
            String padded = String.format(Locale.ROOT, "%-76s %-14s %,12.1f", line, step.text(), costs.nanos(step.text(), policy));
            line.setLength(0);
            line.append(padded);
        });
        lines.add(line.toString());
    }

    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        add(to -> to.accessed(cpu, party, access, address, value));
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        add(to -> to.exited(vcpu, reason));
    }

    @Override
    public void entered(Vcpu vcpu) {
        add(to -> to.entered(vcpu));
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
        add(to -> to.emulated(vcpu, access, address, value));
    }

    @Override
    public void changed(Vcpu vcpu, VcpuPort.EventStep step) {
        add(to -> to.changed(vcpu, step));
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean inGuest, int handled) {
        add(to -> to.interrupted(cpu, inGuest, handled));
    }

    @Override
    public void requested(Vcpu vcpu, VcpuPort.Request what) {
        add(to -> to.requested(vcpu, what));
    }

    @Override
    public void ranIrqWork(Vcpu vcpu) {
        add(to -> to.ranIrqWork(vcpu));
    }

    @Override
    public void kicked(Vcpu vcpu) {
        add(to -> to.kicked(vcpu));
    }

    @Override
    public void injected(Vcpu vcpu) {
        add(to -> to.injected(vcpu));
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        add(to -> to.scheduled(cpu, thread));
    }

    @Override
    public void placed(PhysicalCpu cpu, PerfEvent event, int at) {
        add(to -> to.placed(cpu, event, at));
    }
}
