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
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts the steps that machines of one CPU take, by path. A machine tells what made it do something often only after it has done it; so steps
 * wait for their path, at the latest until guest mode is entered. One machine at a time.
 */
public class StepCounter implements MachineListener {

    /** How often each step was taken on a path. */
    private static final class Path {

        private final String name;
        private final long[] counts = new long[STEPS];
        private boolean isTaken;

        private Path(String name) {
            this.name = name;
        }
    }

    private static final int STEPS = CostStep.values().length;

    private final Path pmi = new Path(Traffic.PMI);
    private final Path switched = new Path(Traffic.SWITCH);
    private final Path in = new Path(Traffic.IN);
    private final Path out = new Path(Traffic.OUT);
    private final Path host = new Path(Traffic.HOST);
    private final Path rdpmc = new Path("RDPMC");
    private final Path otherRead = new Path("RDMSR of another register");
    private final Path otherWrite = new Path("WRMSR of another register");
    /** Of an exit of which nothing more is told: no access was carried out. */
    private final Map<ExitReason, Path> exits = new EnumMap<>(ExitReason.class);
    /** By address; the registers of an array have one. */
    private final Map<Integer, Path> reads = new HashMap<>();
    private final Map<Integer, Path> writes = new HashMap<>();
    private final long[] waiting = new long[STEPS];
    private boolean isWaiting;
    /** A thread has the CPU. */
    private boolean isBusy;
    private Path path = in;

    /** For machines of a CPU. */
    public StepCounter(Cpu cpu) {
        Map<String, Path> byName = new HashMap<>();
        for (RegisterElement register : cpu.registers()) {
            String name = register.name().replaceFirst("\\[.*", "");
            reads.put((int) register.address(), byName.computeIfAbsent("RDMSR " + name, Path::new));
            writes.put((int) register.address(), byName.computeIfAbsent("WRMSR " + name, Path::new));
        }
        for (ExitReason reason : ExitReason.values()) {
            exits.put(reason, switch (reason) {
                case NMI -> pmi;
                case EXTERNAL_INTERRUPT -> host;
                case RDMSR, WRMSR, RDPMC -> new Path(reason + ", refused");
                default -> new Path(reason.name());
            });
        }
    }

    /** The next machine's turn; none of its guests has left guest mode yet. */
    protected final void begin() {
        settle(path);
        path = in;
        isBusy = false;
    }

    /** What was counted since the last time; begins again. */
    public final Traffic take() {
        settle(path);
        Map<String, Steps> taken = new TreeMap<>();
        Stream.of(List.of(pmi, switched, in, out, host, rdpmc, otherRead, otherWrite), exits.values(), reads.values(), writes.values()).flatMap(Collection::stream)
                .filter(each -> each.isTaken).forEach(each -> {
                    taken.put(each.name, new Steps(each.counts));
                    Arrays.fill(each.counts, 0);
                    each.isTaken = false;
                });
        return new Traffic(taken);
    }

    private void add(CostStep step) {
        waiting[step.ordinal()]++;
        isWaiting = true;
    }

    /** What waits was taken on a path. */
    private void settle(Path on) {
        if (isWaiting) {
            for (int i = 0; i < STEPS; i++) {
                on.counts[i] += waiting[i];
                waiting[i] = 0;
            }
            on.isTaken = true;
            isWaiting = false;
        }
    }

    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        if (party == Party.SWITCH) {
            switched.counts[CostStep.MSR_SWITCH.ordinal()]++;
            switched.isTaken = true;
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
        path = exits.get(reason);
        isBusy = true;
        add(CostStep.VM_EXIT);
    }

    @Override
    public void entered(Vcpu vcpu) {
        settle(path);
        path = host;
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
        path = switch (access) {
            case RDMSR -> reads.getOrDefault(address, otherRead);
            case WRMSR -> writes.getOrDefault(address, otherWrite);
            case RDPMC -> rdpmc;
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
        settle(pmi);
    }

    @Override
    public void ranIrqWork(Vcpu vcpu) {
        add(CostStep.IRQ_WORK);
        settle(pmi);
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
        settle(isBusy ? out : path);
        isBusy = thread != null;
        path = thread == null ? host : in;
    }
}
