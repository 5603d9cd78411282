package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.MachineListener.Access;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.MsrSwitch;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.function.Function;

/**
 * A virtual CPU: a thread of the host that runs a guest. The guest is whoever calls the methods for its instructions; each leaves guest mode
 * where a real one would, is carried out, and enters again. A guest's interrupt handler runs between its instructions.
 */
public final class Vcpu extends HostThread implements PmuRegisters {

    private final Machine machine;
    private final VirtualPmu pmu;
    final MsrSwitch msrs = new MsrSwitch();
    final GuestMode guestMode = new GuestMode(this);
    final LocalApic apic;
    /** Whether the guest waits, as far as anybody has looked; {@link #isHalted()} looks. */
    boolean halted;
    private Runnable handler;
    private boolean handling;
    private boolean loaded;

    /** A vCPU whose thread does not run yet, with a PMU of a design. */
    public Vcpu(Machine machine, String name, VpmuDesign design) {
        this(machine, name, design.masksLvt(), port -> design.pmu(port, machine.isSmt()));
    }

    /**
     * A vCPU whose thread does not run yet.
     *
     * @param masksLvt whether delivering a PMI masks the virtual LVTPC
     * @param pmu makes its PMU
     */
    public Vcpu(Machine machine, String name, boolean masksLvt, Function<VcpuPort, VirtualPmu> pmu) {
        super(name);
        this.machine = machine;
        this.apic = new LocalApic(this, masksLvt);
        this.pmu = pmu.apply(new MachinePort(this));
    }

    Machine machine() {
        return machine;
    }

    /* ------------------------------------------------------------- the thread */

    /** Begins to run the guest, on the CPU that the thread has; it stays so through preemption, until {@link #returnToUserSpace()}. */
    public void run() {
        if (cpu == null) {
            throw new IllegalStateException(this + " has no CPU to run on");
        }
        if (!loaded) {
            loaded = true;
            pmu.load();
        }
    }

    /** Leaves the guest to the thread's user space, where no preemption notifier looks after it. */
    public void returnToUserSpace() {
        if (loaded) {
            if (cpu == null) {
                throw new IllegalStateException(this + " waits for a CPU; it cannot return to user space");
            }
            leave(ExitReason.EXTERNAL_INTERRUPT);
            pmu.put();
            loaded = false;
        }
    }

    @Override
    void scheduledIn() {
        pmu.runsOn(cpu.perf(), cpu.registers());
        if (loaded) {
            pmu.scheduledIn();
            pmu.load();
        }
    }

    @Override
    void scheduledOut() {
        if (loaded) {
            pmu.scheduledOut();
            pmu.put();
        }
    }

    /** Whether it can run on: it has a CPU, and does not halt. */
    public boolean isRunnable() {
        return loaded && cpu != null && !isHalted();
    }

    /** Whether it waits for an interrupt. */
    public boolean isHalted() {
        if (halted && apic.wakes()) {
            wake();
        }
        return halted;
    }

    /** Another interrupt than a PMI comes: a guest that halts goes on. */
    public void wake() {
        if (halted) {
            halted = false;
            apic.hurry();
        }
    }

    /** Its PMU. */
    public VirtualPmu pmu() {
        return pmu;
    }

    /** Power-on of the guest's CPU. */
    public void reset() {
        leave(ExitReason.EXTERNAL_INTERRUPT);
        pmu.reset();
        privilege(0, false, false);
        apic.reset();
        guestMode.forgetWork();
        halted = false;
    }

    /* ------------------------------------------------------------- entry and exit */

    /** Enters guest mode, if it is not there. */
    private void enter() {
        if (guestMode.isOn()) {
            return;
        }
        if (!isRunnable()) {
            throw new IllegalStateException(this + (halted ? " halts" : cpu == null ? " has no CPU" : " is in user space") + "; its guest cannot go on");
        }
        guestMode.enter();
    }

    /** Leaves guest mode, if it is there. */
    void leave(ExitReason reason) {
        guestMode.leave(reason);
    }

    /* ------------------------------------------------------------- the guest's instructions */

    /** The guest's ring, and what RDPMC asks of its state. */
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        guestMode.privilege(currentPrivilegeLevel, cr4Pce, cr0Pe);
    }

    /** LVTPC of the guest's local APIC. */
    public LvtEntry lvt() {
        return apic;
    }

    /** Who handles the guest's PMIs from now on, in ring 0; with null they wait to be {@linkplain #takePmi() taken}. */
    public void onPmi(Runnable next) {
        handler = next;
    }

    /** Whether a PMI waits for the guest to open its interrupts. */
    public boolean isPmiPending() {
        return apic.isPending();
    }

    /** The guest takes the PMI that is there; whether there was one. */
    public boolean takePmi() {
        return apic.take();
    }

    /** The guest works. */
    public void work(Step step) {
        for (long at = 0; at < step.cycles();) {
            at = work(step, at, step.cycles());
        }
    }

    /** The guest works from cycle {@code from} of a step to {@code to}, or until something has interrupted it. Returns how far it came. */
    public long work(Step step, long from, long to) {
        goOn();
        long at = cpu.advance(step, from, apic.stop(from, to));
        boolean come = apic.pass(at - from);
        if (cpu.hardware().pmiPending()) {
            leave(ExitReason.NMI);
            cpu.takePmiOfGuest();
            goOn();
        } else if (come) {
            leave(ExitReason.EXTERNAL_INTERRUPT);
            goOn();
        }
        return at;
    }

    @Override
    public long rdmsr(int address) {
        if (!msrs.isReadIntercepted(address)) {
            return direct(registers -> registers.rdmsr(address));
        }
        long counting = begin(ExitReason.RDMSR);
        long value = pmu.rdmsr(address);
        machine.listener().emulated(this, Access.RDMSR, address, value);
        end(counting);
        return value;
    }

    @Override
    public void wrmsr(int address, long value) {
        if (!msrs.isWriteIntercepted(address)) {
            direct(registers -> {
                registers.wrmsr(address, value);
                return 0L;
            });
            return;
        }
        long counting = begin(ExitReason.WRMSR);
        pmu.wrmsr(address, value);
        machine.listener().emulated(this, Access.WRMSR, address, value);
        end(counting);
    }

    @Override
    public long rdpmc(int ecx) {
        if (!msrs.isRdpmcIntercepted()) {
            return direct(registers -> registers.rdpmc(ecx));
        }
        long counting = begin(ExitReason.RDPMC);
        long value = pmu.rdpmc(ecx);
        machine.listener().emulated(this, Access.RDPMC, ecx, value);
        end(counting);
        return value;
    }

    /** CPUID, which always leaves guest mode. */
    public void cpuid() {
        end(begin(ExitReason.CPUID));
    }

    /** A branch that the hypervisor carries out because it emulates guest code. */
    public void emulatedBranch() {
        goOn();
        leave(ExitReason.EXTERNAL_INTERRUPT);
        pmu.retired(pmu.counting(VirtualPmu.Retired.BRANCH));
        end(pmu.counting(VirtualPmu.Retired.INSTRUCTION));
    }

    /** HLT: the guest waits for an interrupt, and its thread for a wake-up. */
    public void halt() {
        pmu.retired(begin(ExitReason.HLT));
        // there is no entry before which it would be done, and what HLT made overflow is to wake the guest
        guestMode.work();
        halted = true;
        if (!isHalted()) {
            end(0);
        }
    }

    /** An access that does not leave guest mode. */
    private long direct(Function<PmuRegisters, Long> access) {
        goOn();
        return cpu.asGuest(access);
    }

    /** Leaves guest mode for an instruction. Returns the counters that are to count that it retires. */
    private long begin(ExitReason reason) {
        goOn();
        leave(reason);
        return pmu.counting(VirtualPmu.Retired.INSTRUCTION);
    }

    private void end(long counting) {
        pmu.retired(counting);
        goOn();
    }

    /** The guest is in guest mode, and has handled what came in before. */
    private void goOn() {
        enter();
        while (handler != null && !handling && apic.isPending()) {
            takePmi();
            handling = true;
            int interrupted = guestMode.ring(0);
            try {
                handler.run();
            } finally {
                handling = false;
                guestMode.ring(interrupted);
            }
            enter();
        }
    }
}
