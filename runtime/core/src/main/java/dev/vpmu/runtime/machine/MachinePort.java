package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.vpmu.MsrSwitch;
import dev.vpmu.runtime.vpmu.VcpuPort;

/** What the PMU of a machine's vCPU asks of it. */
final class MachinePort implements VcpuPort {

    private final Vcpu vcpu;

    MachinePort(Vcpu vcpu) {
        this.vcpu = vcpu;
    }

    @Override
    public PerfCore perf() {
        PhysicalCpu cpu = vcpu.cpu;
        return cpu == null ? vcpu.machine().cpu(0).perf() : cpu.perf();
    }

    @Override
    public EventContext task() {
        return vcpu.events();
    }

    @Override
    public MsrSwitch msrSwitch() {
        return vcpu.msrs;
    }

    @Override
    public void request(Request what) {
        boolean isNew = switch (what) {
            case PMU -> vcpu.guestMode.requestWork();
            case PMI -> vcpu.apic.request(vcpu.halted || vcpu.cpu == null ? 0 : vcpu.cpu.guestsPmiSkid());
        };
        MachineListener listener = vcpu.machine().listener();
        if (isNew) {
            listener.requested(vcpu, what);
        }
        if (vcpu.guestMode.isOn() || vcpu.halted && what == Request.PMI) {
            listener.kicked(vcpu);
            vcpu.leave(ExitReason.EXTERNAL_INTERRUPT);
        }
    }

    @Override
    public boolean isInterruptedInGuest() {
        return vcpu.cpu != null && vcpu.cpu.isInterruptedInGuest();
    }

    @Override
    public void afterNmi(Runnable work) {
        vcpu.cpu.afterNmi(() -> {
            work.run();
            vcpu.machine().listener().ranIrqWork(vcpu);
        });
    }

    @Override
    public void tell(EventStep step) {
        vcpu.machine().listener().changed(vcpu, step);
    }
}
