package dev.vpmu.generator.machine;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.vpmu.MsrSwitch;

/** A machine with a vCPU whose PMU is a stub; its thread does not run yet. */
final class Stubbed {

    final Host host = new Host(HostCpu.any());
    final PhysicalCpu first = host.first;
    final PhysicalCpu second = host.second;
    final Journal journal = host.journal;
    final StubPmu pmu;
    final Vcpu vcpu;

    Stubbed() {
        StubPmu[] made = new StubPmu[1];
        vcpu = new Vcpu(host.machine, "vcpu", true, port -> made[0] = new StubPmu(port));
        pmu = made[0];
    }

    /** The vCPU runs its guest on the first CPU. */
    static Stubbed running() {
        Stubbed stubbed = new Stubbed();
        stubbed.first.schedule(stubbed.vcpu);
        stubbed.vcpu.run();
        stubbed.pmu.take();
        stubbed.journal.take();
        stubbed.journal.takeAccesses();
        return stubbed;
    }

    MsrSwitch msrs() {
        return pmu.port.msrSwitch();
    }

    void work() {
        vcpu.work(Step.of(10).build());
    }
}
