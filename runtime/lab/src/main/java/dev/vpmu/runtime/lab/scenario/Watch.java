package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.StepCounter;
import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfObserver;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.OwningPmu;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a scenario sees of its machines: the steps, what is lost and why, and what becomes of the host's events. */
final class Watch extends StepCounter implements PerfObserver {

    static final String WATCHDOG = "watchdog took a counter";
    static final String PINNED = "no counter left: pinned event of the host";
    static final String NO_CALLBACK = "callback not registered before the first preemption";
    static final String NOT_TOLD = "an overflow of which the guest was not told";
    static final String NOT_ACCOUNTED = "an instruction that the hypervisor carried out was not counted";
    static final String THROTTLED = "the guest's perf took too many samples in a tick";

    private final Cpu cpu;
    private final SortedMap<String, Long> losses = new TreeMap<>();
    private final Set<Vcpu> preempted = new HashSet<>();
    /** Guests that have counters whose PMIs do not even interrupt. */
    private final Set<Vcpu> unheard = new HashSet<>();
    private final Set<PerfEvent> collided = new HashSet<>();
    private final List<PerfEvent> watchdogs = new ArrayList<>();
    private HostThread running;
    /** The handler that runs, or has just run, has asked for the guest's PMI. */
    private boolean isRequested;
    /** A handler has run and not asked for it; work that it put off may still do so. */
    private boolean isOpen;
    private long opened;
    private long moved;
    private long waited;
    private long erred;

    /** For machines of a CPU. */
    Watch(Cpu cpu) {
        super(cpu);
        this.cpu = cpu;
    }

    /** The CPU of a new machine. */
    PhysicalCpu machine(long megahertz, boolean watchdog) {
        PhysicalCpu physical = new Machine(cpu, 1, false, megahertz, new PerfSystem()).cpu(0);
        if (watchdog) {
            watchdogs.add(physical.perf().watchdog(true));
        }
        return physical;
    }

    /** Looks at a CPU from now on; the vCPU that it runs has been preempted before. */
    void look(PhysicalCpu physical) {
        physical.machine().listen(this);
        physical.perf().observe(this);
        begin();
        running = physical.thread();
        if (running instanceof Vcpu vcpu) {
            preempted.add(vcpu);
        }
    }

    /** Something was lost. */
    void lost(String cause) {
        losses.merge(cause, 1L, Long::sum);
    }

    /** An event of the host's is about to be closed. */
    void ended(PerfEvent event) {
        opened++;
        if (event.state() == PerfEvent.State.ERROR) {
            erred++;
        } else if (event.timeRunning() < event.timeEnabled()) {
            waited++;
        }
    }

    /** What came out. */
    Result result(Scenario scenario, VpmuDesign design, double guestNanos, List<Result.Count> counts) {
        watchdogs.forEach(this::ended);
        return new Result(scenario, design.name(), take(), guestNanos, counts, Collections.unmodifiableSortedMap(losses),
                new Result.HostEvents(opened, moved, waited, erred, collided.size()));
    }

    private static boolean isGuests(PerfEvent event) {
        return event.attributes().excludesHost();
    }

    @Override
    public void scheduled(PhysicalCpu physical, HostThread thread) {
        super.scheduled(physical, thread);
        settleLosses();
        if (running instanceof Vcpu before && preempted.add(before) && unheard.contains(before)) {
            lost(NO_CALLBACK);
        }
        running = thread;
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        super.exited(vcpu, reason);
        // as a PMI comes it masks LVTPC itself
        if (reason != ExitReason.NMI && vcpu.pmu() instanceof OwningPmu pmu && pmu.owned() != 0 && (vcpu.cpu().hardware().lvtpc() & LvtEntry.LVTPC_MASKED) != 0) {
            unheard.add(vcpu);
        }
    }

    @Override
    public void interrupted(PhysicalCpu physical, boolean inGuest, int handled) {
        super.interrupted(physical, inGuest, handled);
        isOpen = isOpen || handled > 0 && !isRequested;
        isRequested = false;
    }

    @Override
    public void requested(Vcpu vcpu, VcpuPort.Request what) {
        if (what == VcpuPort.Request.PMI) {
            isRequested = true;
            isOpen = false;
        }
    }

    @Override
    public void entered(Vcpu vcpu) {
        super.entered(vcpu);
        settleLosses();
        isRequested = false;
    }

    /** What was not asked for until now is not asked for any more. */
    private void settleLosses() {
        if (isOpen && running instanceof Vcpu vcpu) {
            lost(vcpu.pmu() instanceof OwningPmu && !preempted.contains(vcpu) ? NO_CALLBACK : NOT_TOLD);
        }
        isOpen = false;
    }

    @Override
    public void moved(PerfEvent event, int from, int to) {
        if (!isGuests(event)) {
            moved++;
        }
    }

    @Override
    public void collided(PerfEvent event, int counter) {
        collided.add(event);
    }

    @Override
    public void erred(PerfEvent event) {
        if (isGuests(event)) {
            lost(cause());
        }
    }

    @Override
    public void refused(PerfEvent event, long counters) {
        lost(watchdogs.contains(event) ? WATCHDOG : PINNED);
    }

    /** Why there is no counter left for a guest's event: pinned events of the CPU go first. */
    private String cause() {
        boolean others = running.cpu().perf().cpuContext().events().stream()
                .anyMatch(event -> event.attributes().isPinned() && !watchdogs.contains(event) && event.counter() >= 0);
        return others || watchdogs.isEmpty() ? PINNED : WATCHDOG;
    }
}
