package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.PmuRegisters;

/** Registers of hardware that works, without generated code's base class: what hand-written PMUs have in common. */
public interface WorkingRegisters extends PmuRegisters {

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#run}. */
    long run(Step step, long from);

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#runSibling}. */
    long runSibling(Step step, long from);

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#reset}. */
    void reset();

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#privilege}. */
    void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe);

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#pmiSkid}. */
    void pmiSkid(long cycles);

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#lvtpc()}. */
    int lvtpc();

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#lvtpc(int)}. */
    void lvtpc(int entry);

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#pmiPending}. */
    boolean pmiPending();

    /** As {@link dev.vpmu.runtime.hardware.PmuHardware#takePmi}. */
    boolean takePmi();
}
