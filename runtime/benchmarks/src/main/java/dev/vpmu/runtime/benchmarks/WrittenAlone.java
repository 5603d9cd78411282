package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.PmuRegisters;

/** Broadwell-EP by hand, called by its own type in a JVM that knows no other. */
public class WrittenAlone extends PmuBenchmarks {

    private HandWrittenBroadwell pmu;

    @Override
    protected PmuRegisters create(boolean smt) {
        pmu = new HandWrittenBroadwell(smt);
        return pmu;
    }

    @Override
    protected long rdmsr(int address) {
        return pmu.rdmsr(address);
    }

    @Override
    protected void wrmsr(int address, long value) {
        pmu.wrmsr(address, value);
    }

    @Override
    protected long rdpmc(int ecx) {
        return pmu.rdpmc(ecx);
    }

    @Override
    protected long run(Step step) {
        return pmu.run(step, 0);
    }

    @Override
    protected void lvtpc(int entry) {
        pmu.lvtpc(entry);
    }

    @Override
    protected boolean takePmi() {
        return pmu.takePmi();
    }

    @Override
    protected void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        pmu.privilege(currentPrivilegeLevel, cr4Pce, cr0Pe);
    }
}
