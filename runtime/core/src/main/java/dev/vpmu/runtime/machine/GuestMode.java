package dev.vpmu.runtime.machine;

/**
 * Guest mode of a vCPU: entry, before which is done what has been asked for; exit; and the state of the guest that the CPU has meanwhile. The
 * host's PMIs are handled at both.
 */
final class GuestMode {

    private final Vcpu vcpu;
    private boolean on;
    private boolean workRequested;
    private int ring;
    private boolean pce;
    private boolean protectedMode;

    /** Guest mode that has not been entered. */
    GuestMode(Vcpu vcpu) {
        this.vcpu = vcpu;
    }

    /** Whether the guest runs. */
    boolean isOn() {
        return on;
    }

    /** Enters guest mode: what has been asked for is done first, again and again until nothing is. */
    void enter() {
        PhysicalCpu cpu = vcpu.cpu;
        LocalApic apic = vcpu.apic;
        cpu.settlePmi();
        while (workRequested || apic.isRequested()) {
            work();
            apic.deliver();
        }
        vcpu.pmu().entering();
        vcpu.machine().listener().entered(vcpu);
        cpu.enterGuest(vcpu.msrs);
        cpu.hardware().privilege(ring, pce, protectedMode);
        on = true;
    }

    /** Leaves guest mode, if it is there. */
    void leave(ExitReason reason) {
        if (on) {
            on = false;
            PhysicalCpu cpu = vcpu.cpu;
            vcpu.machine().listener().exited(vcpu, reason);
            cpu.leaveGuest(vcpu.msrs);
            cpu.hardware().privilege(0, pce, protectedMode);
            vcpu.pmu().left();
            if (reason != ExitReason.HLT) {
                // only a halted guest waits for the host's PMI
                cpu.settlePmi();
            }
        }
    }

    /** Leaves guest mode if a PMI of the host's is on its way, so that it is handled. */
    void settle() {
        if (on && vcpu.cpu.hardware().isPmiComing()) {
            leave(ExitReason.EXTERNAL_INTERRUPT);
        }
    }

    /** Asks for the PMU's work before the next entry; whether nobody has yet. */
    boolean requestWork() {
        boolean isNew = !workRequested;
        workRequested = true;
        return isNew;
    }

    /** Has the PMU do the work that has been asked for. */
    void work() {
        if (workRequested) {
            workRequested = false;
            vcpu.pmu().work();
        }
    }

    /** Nothing is asked for any more. */
    void forgetWork() {
        workRequested = false;
    }

    /** The guest's ring, and what RDPMC asks of its state. */
    void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        ring = currentPrivilegeLevel;
        pce = cr4Pce;
        protectedMode = cr0Pe;
        vcpu.pmu().privilege(currentPrivilegeLevel, cr4Pce, cr0Pe);
        if (on) {
            vcpu.cpu.hardware().privilege(ring, pce, protectedMode);
        }
    }

    /** Changes the guest's ring, and nothing else. Returns the one before. */
    int ring(int next) {
        int before = ring;
        privilege(next, pce, protectedMode);
        return before;
    }
}
