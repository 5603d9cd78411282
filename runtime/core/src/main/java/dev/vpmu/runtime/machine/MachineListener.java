package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.VcpuPort;

/** Who hears of everything that a machine does, one call for each thing. Every method does nothing unless overridden. */
public interface MachineListener {

    /** For nobody. */
    MachineListener NONE = new MachineListener() { };

    /** Whose doing an access is. */
    enum Party {
        /** The host: its kernel, its perf, the hypervisor. */
        HOST,
        /** The guest, without leaving guest mode. */
        GUEST,
        /** The CPU, which loads registers when it enters or leaves guest mode. */
        SWITCH
    }

    /** How a register is accessed. */
    enum Access {
        RDMSR, WRMSR, RDPMC
    }

    /** A hardware register was accessed. */
    default void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
    }

    /** A guest's instruction left guest mode, or something else did. */
    default void exited(Vcpu vcpu, ExitReason reason) {
    }

    /** A guest runs on. */
    default void entered(Vcpu vcpu) {
    }

    /** A register access of a guest's that was carried out for it. */
    default void emulated(Vcpu vcpu, Access access, int address, long value) {
    }

    /** Something was done to a host event on behalf of a guest. */
    default void changed(Vcpu vcpu, VcpuPort.EventStep step) {
    }

    /** A PMI came to a CPU. */
    default void interrupted(PhysicalCpu cpu, boolean inGuest, int handled) {
    }

    /** A request was raised for a vCPU. */
    default void requested(Vcpu vcpu, VcpuPort.Request what) {
    }

    /** Work ran that was put off until after the NMI handler. */
    default void ranIrqWork(Vcpu vcpu) {
    }

    /** A running vCPU was told to leave guest mode, or a halted one to wake up. */
    default void kicked(Vcpu vcpu) {
    }

    /** A guest was given a PMI. */
    default void injected(Vcpu vcpu) {
    }

    /** A thread was given a CPU; null if none was. */
    default void scheduled(PhysicalCpu cpu, HostThread thread) {
    }

    /** The host's perf went through its events, to decide which are on which counters. */
    default void passed(PhysicalCpu cpu) {
    }

    /** A host event was put on a counter, moved or taken off ({@code counter} -1). */
    default void placed(PhysicalCpu cpu, PerfEvent event, int counter) {
    }
}
