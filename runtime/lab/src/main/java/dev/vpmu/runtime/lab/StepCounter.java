package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.RegisterElement;
import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.vpmu.VcpuPort;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the steps that machines of one CPU take, by path. A machine tells what made it do something often only after it has done it; so steps
 * wait for their path, at the latest until guest mode is entered. One machine at a time.
 */
public class StepCounter implements MachineListener {

    private static final String UNKNOWN = "of another register";

    private final Map<Integer, String> reads = new HashMap<>();
    private final Map<Integer, String> writes = new HashMap<>();
    private final Map<String, long[]> paths = new TreeMap<>();
    private final long[] waiting = new long[CostStep.values().length];
    private boolean isWaiting;
    /** A thread has the CPU. */
    private boolean isBusy;
    private String path = Traffic.IN;

    /** For machines of a CPU. */
    public StepCounter(Cpu cpu) {
        for (RegisterElement register : cpu.registers()) {
            String name = register.name().replaceFirst("\\[.*", "");
            reads.put((int) register.address(), "RDMSR " + name);
            writes.put((int) register.address(), "WRMSR " + name);
        }
    }

    /** What was counted since the last time; begins again. */
    public final Traffic take() {
        settle(path);
        Map<String, Steps> taken = new TreeMap<>();
        paths.forEach((name, counts) -> taken.put(name, new Steps(counts)));
        paths.clear();
        return new Traffic(taken);
    }

    private void add(CostStep step) {
        waiting[step.ordinal()]++;
        isWaiting = true;
    }

    /** What waits was taken on a path. */
    private void settle(String on) {
        if (isWaiting) {
            long[] counts = counts(on);
            for (int i = 0; i < counts.length; i++) {
                counts[i] += waiting[i];
            }
            Arrays.fill(waiting, 0);
            isWaiting = false;
        }
    }

    private long[] counts(String on) {
        return paths.computeIfAbsent(on, any -> new long[waiting.length]);
    }

    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        if (party == Party.SWITCH) {
            counts(Traffic.SWITCH)[CostStep.MSR_SWITCH.ordinal()]++;
        } else if (party == Party.HOST) {
            add(switch (access) {
                case RDMSR -> CostStep.RDMSR;
                case WRMSR -> CostStep.WRMSR;
                case RDPMC -> CostStep.RDPMC;
            });
        }
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        settle(path);
        path = switch (reason) {
            case NMI -> Traffic.PMI;
            case EXTERNAL_INTERRUPT -> Traffic.HOST;
            case RDMSR, WRMSR, RDPMC -> reason + ", refused";
            default -> reason.name();
        };
        isBusy = true;
        add(CostStep.VM_EXIT);
    }

    @Override
    public void entered(Vcpu vcpu) {
        settle(path);
        path = Traffic.HOST;
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
        path = switch (access) {
            case RDMSR -> reads.getOrDefault(address, "RDMSR " + UNKNOWN);
            case WRMSR -> writes.getOrDefault(address, "WRMSR " + UNKNOWN);
            case RDPMC -> "RDPMC";
        };
        add(CostStep.ACCESS);
    }

    @Override
    public void changed(Vcpu vcpu, VcpuPort.EventStep step) {
        switch (step) {
            case CREATE -> add(CostStep.EVENT_CREATE);
            case RELEASE -> add(CostStep.EVENT_RELEASE);
            case PAUSE -> add(CostStep.EVENT_PAUSE);
            case RESUME -> add(CostStep.EVENT_RESUME);
            case PERIOD -> add(CostStep.EVENT_PERIOD);
            case REFUSED -> { }
        }
    }

    @Override
    public void passed(PhysicalCpu cpu) {
        add(CostStep.SCHED_PASS);
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean inGuest, int handled) {
        add(CostStep.NMI);
        settle(Traffic.PMI);
    }

    @Override
    public void ranIrqWork(Vcpu vcpu) {
        add(CostStep.IRQ_WORK);
        settle(Traffic.PMI);
    }

    @Override
    public void kicked(Vcpu vcpu) {
        add(CostStep.KICK);
    }

    @Override
    public void injected(Vcpu vcpu) {
        add(CostStep.INJECTION);
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        settle(isBusy ? Traffic.OUT : path);
        isBusy = thread != null;
        path = thread == null ? Traffic.HOST : Traffic.IN;
    }
}
