package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.MachineListener.Party;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfObserver;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.MsrSwitch;
import dev.vpmu.runtime.vpmu.MsrSwitch.HostPerf;
import java.util.ArrayDeque;
import java.util.function.Function;

/** A logical CPU of the host: its PMU, the host's perf on it, and the thread that it runs. */
public final class PhysicalCpu {

    private static final long NONE = -1;

    private final Machine machine;
    private final int number;
    private final PmuHardware hardware;
    private final ListenedRegisters registers;
    private final MsrSwitch.Loader loader;
    private final MsrSwitch.Storer storer;
    private final PerfCore perf;
    private final ArrayDeque<Runnable> afterNmi = new ArrayDeque<>();
    private HostThread thread;
    private long cycles;
    private boolean interruptedInGuest;
    /** How many cycles of a guest's the PMI had left that is being handled; {@link #NONE} if none is, or if it came while the host worked. */
    private long handledEarly = NONE;

    PhysicalCpu(Machine machine, int number, PmuHardware hardware) {
        this.machine = machine;
        this.number = number;
        this.hardware = hardware;
        this.registers = new ListenedRegisters(this, hardware);
        this.loader = registers::wrmsr;
        this.storer = registers::rdmsr;
        this.perf = machine.cpu().perf(machine.system(), registers, hardware, this::nanos, machine.isSmt());
        perf.observe(new Placements());
    }

    /** The machine that it is in. */
    public Machine machine() {
        return machine;
    }

    /** Its number, from 0. */
    public int number() {
        return number;
    }

    /** Its PMU; accesses here go past the machine's listener. */
    public PmuHardware hardware() {
        return hardware;
    }

    /** Its PMU's registers, as the host accesses them. */
    ListenedRegisters registers() {
        return registers;
    }

    /** The host's perf. */
    public PerfCore perf() {
        return perf;
    }

    /** The thread that it runs; null if it is idle. */
    public HostThread thread() {
        return thread;
    }

    /** How many cycles it has worked. */
    public long cycles() {
        return cycles;
    }

    /** Its time, in nanoseconds. */
    public long nanos() {
        return machine.nanos(cycles);
    }

    /**
     * Gives the CPU to a thread; with null it is idle. The thread that it ran before waits; a guest that it ran leaves guest mode first.
     *
     * @throws IllegalArgumentException if it is a vCPU of another machine
     * @throws IllegalStateException if the thread runs on another CPU
     */
    public void schedule(HostThread next) {
        if (next == thread) {
            return;
        }
        if (next instanceof Vcpu vcpu && vcpu.machine() != machine) {
            throw new IllegalArgumentException(next + " is of another machine");
        }
        if (next != null && next.cpu != null) {
            throw new IllegalStateException(next + " runs on CPU " + next.cpu.number + "; it must be taken from there first");
        }
        HostThread before = thread;
        if (before != null) {
            if (before instanceof Vcpu vcpu) {
                vcpu.leave(ExitReason.EXTERNAL_INTERRUPT);
            }
            perf.scheduleOut();
            before.scheduledOut();
            before.cpu = null;
        }
        thread = next;
        machine.listener().scheduled(this, next);
        if (next != null) {
            next.cpu = this;
            perf.scheduleIn(next.events());
            next.scheduledIn();
        }
    }

    /** The host works, in whatever thread it runs, outside guest mode. */
    public void work(Step step) {
        if (thread instanceof Vcpu vcpu) {
            vcpu.leave(ExitReason.EXTERNAL_INTERRUPT);
        }
        for (long at = 0; at < step.cycles();) {
            at = advance(step, at, step.cycles());
            takePmi(NONE, false);
        }
    }

    /** Runs the hardware, and lets time pass. */
    long advance(Step step, long from, long to) {
        long stopped = hardware.run(step, from, to);
        cycles += stopped - from;
        return stopped;
    }

    /** Handles the PMI that has interrupted a guest, which has left guest mode for it. */
    void takePmiOfGuest() {
        takePmi(0, true);
    }

    /**
     * Handles a PMI that is on its way. Entering and leaving guest mode take longer than its way; so it never is on its way beyond that, and
     * what a party's counters raise is told in that party's time.
     */
    void settlePmi() {
        long early = hardware.hurryPmi();
        if (early >= 0) {
            takePmi(early, false);
        }
    }

    /** In how many cycles a guest's PMI is there that is requested now: if the host's brings it, when that would have been there. */
    long guestsPmiSkid() {
        return handledEarly >= 0 ? handledEarly : hardware.pmiSkid();
    }

    /** Handles a PMI if one is there. */
    private void takePmi(long early, boolean inGuest) {
        if (!hardware.takePmi()) {
            return;
        }
        handledEarly = early;
        try {
            interruptedInGuest = inGuest;
            int handled = perf.nmi();
            machine.listener().interrupted(this, inGuest, handled);
            interruptedInGuest = false;
            while (!afterNmi.isEmpty()) {
                afterNmi.poll().run();
            }
        } finally {
            handledEarly = NONE;
        }
    }

    boolean isInterruptedInGuest() {
        return interruptedInGuest;
    }

    void afterNmi(Runnable work) {
        afterNmi.add(work);
    }

    /** The scheduler's tick. A guest leaves guest mode for it. */
    public void tick() {
        interrupt();
        perf.tick();
    }

    /** perf's multiplexing timer. A guest leaves guest mode for it. */
    public void rotate() {
        interrupt();
        perf.rotate();
    }

    private void interrupt() {
        if (thread instanceof Vcpu vcpu) {
            vcpu.leave(ExitReason.EXTERNAL_INTERRUPT);
        }
    }

    /** The CPU enters guest mode: it loads what perf wants to count there, and then what the guest's PMU wants. */
    void enterGuest(MsrSwitch msrs) {
        registers.party(Party.SWITCH);
        if (msrs.hostPerf() != HostPerf.NOTHING) {
            perf.enterGuest(msrs.hostPerf() == HostPerf.ALL);
        }
        msrs.enter(loader);
        registers.party(Party.HOST);
    }

    /** The CPU leaves guest mode: what it stores is the guest's. */
    void leaveGuest(MsrSwitch msrs) {
        registers.party(Party.SWITCH);
        msrs.exit(storer, loader);
        if (msrs.hostPerf() != HostPerf.NOTHING) {
            perf.leaveGuest(msrs.hostPerf() == HostPerf.ALL);
        }
        registers.party(Party.HOST);
    }

    /** A guest's access that does not leave guest mode. */
    <T> T asGuest(Function<PmuRegisters, T> access) {
        registers.party(Party.GUEST);
        try {
            return access.apply(registers);
        } finally {
            registers.party(Party.HOST);
        }
    }

    @Override
    public String toString() {
        return "CPU " + number;
    }

    /** Passes on what perf does, and where events are. */
    private final class Placements implements PerfObserver {

        @Override
        public void passed() {
            machine.listener().passed(PhysicalCpu.this);
        }

        @Override
        public void scheduled(PerfEvent event, int counter) {
            machine.listener().placed(PhysicalCpu.this, event, counter);
        }

        @Override
        public void moved(PerfEvent event, int from, int to) {
            machine.listener().placed(PhysicalCpu.this, event, to);
        }

        @Override
        public void unscheduled(PerfEvent event, int counter) {
            machine.listener().placed(PhysicalCpu.this, event, -1);
        }
    }
}
