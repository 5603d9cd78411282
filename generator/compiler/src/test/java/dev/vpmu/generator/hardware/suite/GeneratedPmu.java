package dev.vpmu.generator.hardware.suite;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.CpuidWords;

/** Generated hardware. */
public record GeneratedPmu(PmuHardware hardware) implements PmuUnderTest {

    @Override
    public long rdmsr(int address) {
        return hardware.rdmsr(address);
    }

    @Override
    public void wrmsr(int address, long value) {
        hardware.wrmsr(address, value);
    }

    @Override
    public long rdpmc(int ecx) {
        return hardware.rdpmc(ecx);
    }

    @Override
    public CpuidWords cpuid(int leaf, int subleaf) {
        return hardware.cpuid(leaf, subleaf);
    }

    @Override
    public void reset() {
        hardware.reset();
    }

    @Override
    public void privilege(int cpl, boolean pce, boolean pe) {
        hardware.privilege(cpl, pce, pe);
    }

    @Override
    public int lvtpc() {
        return hardware.lvtpc();
    }

    @Override
    public void lvtpc(int entry) {
        hardware.lvtpc(entry);
    }

    @Override
    public void pmiSkid(long cycles) {
        hardware.pmiSkid(cycles);
    }

    @Override
    public boolean pmiPending() {
        return hardware.pmiPending();
    }

    @Override
    public boolean takePmi() {
        return hardware.takePmi();
    }

    @Override
    public long run(Step step, long from) {
        return hardware.run(step, from);
    }

    @Override
    public long runSibling(Step step, long from) {
        return hardware.runSibling(step, from);
    }

    @Override
    public void pairWith(PmuUnderTest second) {
        PmuHardware.pair(hardware, ((GeneratedPmu) second).hardware);
    }
}
