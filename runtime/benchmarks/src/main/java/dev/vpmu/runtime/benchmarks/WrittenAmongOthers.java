package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.PmuRegisters;

/** Broadwell-EP by hand, called through {@link PmuRegisters} and {@link WorkingRegisters} in a JVM that has used others at the same places. */
public class WrittenAmongOthers extends PmuBenchmarks {

    private PmuRegisters registers;
    private WorkingRegisters pmu;

    @Override
    protected PmuRegisters create(boolean smt) {
        for (WorkingRegisters other : OtherPmus.written()) {
            registers = other;
            pmu = other;
            OtherPmus.use(this, other);
        }
        for (PmuRegisters other : OtherPmus.generated()) {
            registers = other;
            OtherPmus.use(this, other);
        }
        pmu = new HandWrittenBroadwell(smt);
        registers = pmu;
        return pmu;
    }

    @Override
    protected long rdmsr(int address) {
        return registers.rdmsr(address);
    }

    @Override
    protected void wrmsr(int address, long value) {
        registers.wrmsr(address, value);
    }

    @Override
    protected long rdpmc(int ecx) {
        return registers.rdpmc(ecx);
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
