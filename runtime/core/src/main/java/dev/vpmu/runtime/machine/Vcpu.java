package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.MachineListener.Access;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.registers.InterruptLine;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.MsrSwitch;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A virtual CPU: a thread of the host that runs a guest. The guest is whoever calls the methods for its instructions; each leaves guest mode
 * where a real one would, is carried out, and enters again. A guest's interrupt handler runs between its instructions.
 */
public final class Vcpu extends HostThread implements PmuRegisters {

    private final Machine machine;
    private final Port port = new Port();
    private final MsrSwitch msrs = new MsrSwitch();
    private final InterruptLine lvt;
    private final Apic apic = new Apic();
    private final VirtualPmu pmu;
    private final Set<VcpuPort.Request> requests = EnumSet.noneOf(VcpuPort.Request.class);
    private Runnable handler;
    private boolean handling;
    private boolean loaded;
    private boolean inGuest;
    private boolean halted;
    /** In how many cycles of the guest's the PMI is there that is requested. */
    private long requestedIn;
    /** How many cycles the host's PMI had left that is being handled; -1 if none is. */
    private long handledEarly = -1;
    private int ring;
    private boolean pce;
    private boolean protectedMode;

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
        this.lvt = new InterruptLine(true, masksLvt);
        this.pmu = pmu.apply(port);
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
        if (halted && (requests.contains(VcpuPort.Request.PMI) && lvt.isOpen() || !lvt.isFree())) {
            wake();
        }
        return halted;
    }

    /** Another interrupt than a PMI comes: a guest that halts goes on. */
    public void wake() {
        if (halted) {
            halted = false;
            // what was on its way came while the guest waited, in which none of its cycles passed
            requestedIn = 0;
            lvt.hurry();
        }
    }

    /** Its PMU. */
    public VirtualPmu pmu() {
        return pmu;
    }

    /** Power-on of the guest's CPU. */
    public void reset() {
        if (inGuest) {
            leave(ExitReason.EXTERNAL_INTERRUPT);
        }
        pmu.reset();
        privilege(0, false, false);
        lvt.reset();
        requests.clear();
        halted = false;
    }

    /* ------------------------------------------------------------- entry and exit */

    /** Enters guest mode, if it is not there: what has been asked for is done first, again and again until nothing is. */
    private void enter() {
        if (inGuest) {
            return;
        }
        if (!isRunnable()) {
            throw new IllegalStateException(this + (halted ? " halts" : cpu == null ? " has no CPU" : " is in user space") + "; its guest cannot go on");
        }
        settleHosts();
        while (!requests.isEmpty()) {
            if (requests.remove(VcpuPort.Request.PMU)) {
                pmu.work();
            }
            deliver();
        }
        pmu.entering();
        machine.listener().entered(this);
        cpu.enterGuest(msrs);
        cpu.hardware().privilege(ring, pce, protectedMode);
        inGuest = true;
    }

    /** Leaves guest mode, if it is there. */
    void leave(ExitReason reason) {
        if (inGuest) {
            inGuest = false;
            machine.listener().exited(this, reason);
            cpu.leaveGuest(msrs);
            cpu.hardware().privilege(0, pce, protectedMode);
            pmu.left();
            if (reason != ExitReason.HLT) {
                settleHosts();
            }
        }
    }

    /**
     * Handles a PMI of the CPU's that is on its way. Entering and leaving guest mode take longer than its way; so it never is on its way
     * beyond that, and what a party's counters raise is told in that party's time. Only a halted guest waits for it.
     */
    private void settleHosts() {
        long early = cpu.hardware().hurryPmi();
        if (early >= 0) {
            takeHosts(early, false);
        }
    }

    private void takeHosts(long early, boolean interrupted) {
        handledEarly = early;
        try {
            cpu.takePmi(interrupted);
        } finally {
            handledEarly = -1;
        }
    }

    /** Looks at LVTPC for the PMI that is requested. */
    private void deliver() {
        if (requests.remove(VcpuPort.Request.PMI) && lvt.isOpen()) {
            lvt.accept(requestedIn);
            lvt.arrives();
            machine.listener().injected(this);
        }
    }

    /** Before the guest looks at its LVTPC, or takes a PMI: what was raised before finds LVTPC as it was. */
    private void settleGuests() {
        if (inGuest && cpu.hardware().isPmiComing()) {
            leave(ExitReason.EXTERNAL_INTERRUPT);
        }
        deliver();
    }

    /* ------------------------------------------------------------- the guest's instructions */

    /** The guest's ring, and what RDPMC asks of its state. */
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        ring = currentPrivilegeLevel;
        pce = cr4Pce;
        protectedMode = cr0Pe;
        pmu.privilege(currentPrivilegeLevel, cr4Pce, cr0Pe);
        if (inGuest) {
            cpu.hardware().privilege(ring, pce, protectedMode);
        }
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
        return lvt.isPending();
    }

    /** The guest takes the PMI that is there; whether there was one. */
    public boolean takePmi() {
        settleGuests();
        return lvt.take();
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
        long at = cpu.advance(step, from, lvt.stop(from, to));
        lvt.pass(at - from);
        boolean come = lvt.arrives();
        if (cpu.hardware().pmiPending()) {
            leave(ExitReason.NMI);
            takeHosts(0, true);
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
        begin(ExitReason.RDMSR);
        long counting = pmu.counting(VirtualPmu.Retired.INSTRUCTION);
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
        begin(ExitReason.WRMSR);
        long counting = pmu.counting(VirtualPmu.Retired.INSTRUCTION);
        pmu.wrmsr(address, value);
        machine.listener().emulated(this, Access.WRMSR, address, value);
        end(counting);
    }

    @Override
    public long rdpmc(int ecx) {
        if (!msrs.isRdpmcIntercepted()) {
            return direct(registers -> registers.rdpmc(ecx));
        }
        begin(ExitReason.RDPMC);
        long counting = pmu.counting(VirtualPmu.Retired.INSTRUCTION);
        long value = pmu.rdpmc(ecx);
        machine.listener().emulated(this, Access.RDPMC, ecx, value);
        end(counting);
        return value;
    }

    /** CPUID, which always leaves guest mode. */
    public void cpuid() {
        begin(ExitReason.CPUID);
        end(pmu.counting(VirtualPmu.Retired.INSTRUCTION));
    }

    /** A branch that the hypervisor carries out because it emulates guest code. */
    public void emulatedBranch() {
        begin(ExitReason.EXTERNAL_INTERRUPT);
        long branches = pmu.counting(VirtualPmu.Retired.BRANCH);
        pmu.retired(branches);
        end(pmu.counting(VirtualPmu.Retired.INSTRUCTION));
    }

    /** HLT: the guest waits for an interrupt, and its thread for a wake-up. */
    public void halt() {
        begin(ExitReason.HLT);
        pmu.retired(pmu.counting(VirtualPmu.Retired.INSTRUCTION));
        if (requests.remove(VcpuPort.Request.PMU)) {
            // there is no entry before which it would be done, and what HLT made overflow is to wake the guest
            pmu.work();
        }
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

    private void begin(ExitReason reason) {
        goOn();
        leave(reason);
    }

    private void end(long counting) {
        pmu.retired(counting);
        goOn();
    }

    /** The guest is in guest mode, and has handled what came in before. */
    private void goOn() {
        enter();
        while (handler != null && !handling && lvt.isPending()) {
            takePmi();
            handling = true;
            int interrupted = ring;
            privilege(0, pce, protectedMode);
            try {
                handler.run();
            } finally {
                handling = false;
                privilege(interrupted, pce, protectedMode);
            }
            enter();
        }
    }

    /** LVTPC as the guest's instructions see it. */
    private final class Apic implements LvtEntry {

        @Override
        public int lvtpc() {
            settleGuests();
            return lvt.lvtpc();
        }

        @Override
        public void lvtpc(int entry) {
            settleGuests();
            lvt.lvtpc(entry);
        }
    }

    /** What the PMU asks for. */
    private final class Port implements VcpuPort {

        @Override
        public PerfCore perf() {
            return cpu == null ? machine.cpu(0).perf() : cpu.perf();
        }

        @Override
        public EventContext task() {
            return events();
        }

        @Override
        public MsrSwitch msrSwitch() {
            return msrs;
        }

        @Override
        public void request(Request what) {
            if (requests.add(what)) {
                if (what == Request.PMI) {
                    requestedIn = halted || cpu == null ? 0 : handledEarly >= 0 ? handledEarly : cpu.hardware().pmiSkid();
                }
                machine.listener().requested(Vcpu.this, what);
            }
            if (inGuest || halted && what == Request.PMI) {
                machine.listener().kicked(Vcpu.this);
                leave(ExitReason.EXTERNAL_INTERRUPT);
            }
        }

        @Override
        public boolean isInterruptedInGuest() {
            return cpu != null && cpu.isInterruptedInGuest();
        }

        @Override
        public void afterNmi(Runnable work) {
            cpu.afterNmi(() -> {
                work.run();
                machine.listener().ranIrqWork(Vcpu.this);
            });
        }

        @Override
        public void tell(EventStep step) {
            machine.listener().changed(Vcpu.this, step);
        }
    }
}
