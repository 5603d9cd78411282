package dev.vpmu.generator.hardware.suite;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.registers.PmuRegisters;

/** An implementation of a logical CPU's PMU, as the suite sees it; what the methods mean stands in {@link dev.vpmu.runtime.hardware.PmuHardware}. */
public interface PmuUnderTest extends PmuRegisters {

    /** An instruction that leaves guest mode, and that a hypervisor then carries out. */
    enum Intercepted {
        /** One that the caller writes by itself. */
        WRMSR,
        CPUID,
        /** A branch in code that the hypervisor was made to emulate. */
        EMULATED_BRANCH
    }

    /** Runs such an instruction, if this is a guest's PMU; on bare hardware it is work like any other, and {@code false} says so. */
    default boolean carriesOut(Intercepted instruction) {
        return false;
    }

    CpuidWords cpuid(int leaf, int subleaf);

    void reset();

    void privilege(int cpl, boolean pce, boolean pe);

    int lvtpc();

    void lvtpc(int entry);

    void pmiSkid(long cycles);

    boolean pmiPending();

    boolean takePmi();

    long run(Step step, long from);

    long runSibling(Step step, long from);

    /** Makes {@code second}, of the same implementation, this one's sibling; it takes this one's values. */
    void pairWith(PmuUnderTest second);
}
