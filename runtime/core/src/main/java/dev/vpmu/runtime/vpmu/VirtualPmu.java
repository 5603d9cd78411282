package dev.vpmu.runtime.vpmu;

import dev.vpmu.runtime.registers.PmuRegisters;

/**
 * The PMU that a guest's vCPU has: what its register accesses do once they have left guest mode, and what happens to its counters when the
 * vCPU comes and goes. Called with the vCPU out of guest mode, on the CPU it is loaded on.
 */
public interface VirtualPmu extends PmuRegisters {

    /** An instruction that the hypervisor carried out for the guest. */
    enum Retired {
        INSTRUCTION, BRANCH
    }

    /** The privilege state that RDPMC is checked with; see {@link dev.vpmu.runtime.hardware.PmuHardware#privilege}. */
    void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe);

    /** Does what {@link VcpuPort.Request#PMU} asked for. */
    void work();

    /** The counters that would count an instruction, or a branch, which the hypervisor carries out now; a global mask. */
    long counting(Retired what);

    /** An instruction, or a branch, that the hypervisor carried out has retired; {@code counters} counted it when it began. */
    void retired(long counters);

    /** The vCPU's thread begins, or goes on, to run the guest on a CPU. */
    void load();

    /** The vCPU's thread stops running the guest: it is preempted, or returns to user space. */
    void put();

    /** The scheduler has brought the vCPU's thread back; before {@link #load()}. */
    void scheduledIn();

    /** The scheduler takes the vCPU's thread away; before {@link #put()}. */
    void scheduledOut();

    /** Every register has its reset value, and no host event is left. */
    void reset();
}
