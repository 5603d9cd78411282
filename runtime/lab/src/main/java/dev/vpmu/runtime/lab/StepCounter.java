package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.vpmu.VcpuPort;
import java.util.Arrays;

/** Counts the steps that a machine takes. */
public class StepCounter implements MachineListener {

    private final long[] counts = new long[CostStep.values().length];

    /** The steps since the last time, and begins again. */
    public final Steps take() {
        Steps taken = new Steps(counts);
        Arrays.fill(counts, 0);
        return taken;
    }

    private void add(CostStep step) {
        counts[step.ordinal()]++;
    }

    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        if (party == Party.SWITCH) {
            add(CostStep.MSR_SWITCH);
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
        add(CostStep.VM_EXIT);
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
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
    public void interrupted(PhysicalCpu cpu, boolean inGuest, int handled) {
        add(CostStep.NMI);
    }

    @Override
    public void ranIrqWork(Vcpu vcpu) {
        add(CostStep.IRQ_WORK);
    }

    @Override
    public void kicked(Vcpu vcpu) {
        add(CostStep.KICK);
    }

    @Override
    public void injected(Vcpu vcpu) {
        add(CostStep.INJECTION);
    }
}
