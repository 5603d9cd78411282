package dev.vpmu.generator.hardware.suite;

import dev.vpmu.generator.hardware.twin.InterpretedPmu;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.CpuidWords;

/** The interpreter: the suite expects the same of it, so that its expectations are checked twice. */
public record InterpretedTwin(InterpretedPmu pmu) implements PmuUnderTest {

    @Override
    public long rdmsr(int address) {
        return pmu.rdmsr(address);
    }

    @Override
    public void wrmsr(int address, long value) {
        pmu.wrmsr(address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        return pmu.rdpmc(ecx);
    }

    @Override
    public CpuidWords cpuid(int leaf, int subleaf) {
        return pmu.cpuid(leaf, subleaf);
    }

    @Override
    public void reset() {
        pmu.reset();
    }

    @Override
    public void privilege(int cpl, boolean pce, boolean pe) {
        pmu.privilege(cpl, pce, pe);
    }

    @Override
    public int lvtpc() {
        return pmu.lvtpc();
    }

    @Override
    public void lvtpc(int entry) {
        pmu.lvtpc(entry);
    }

    @Override
    public void pmiSkid(long cycles) {
        pmu.pmiSkid(cycles);
    }

    @Override
    public boolean pmiPending() {
        return pmu.pmiPending();
    }

    @Override
    public boolean takePmi() {
        return pmu.takePmi();
    }

    @Override
    public long run(Step step, long from) {
        return pmu.run(step, from);
    }

    @Override
    public long runSibling(Step step, long from) {
        return pmu.runSibling(step, from);
    }

    @Override
    public void pairWith(PmuUnderTest second) {
        InterpretedPmu.pair(pmu, ((InterpretedTwin) second).pmu);
    }
}
