package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
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
    static final String THROTTLED = "the guest's perf took too many samples in a tick";

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

    /** The CPU of a new machine. */
    PhysicalCpu machine(Cpu cpu, boolean watchdog) {
        PhysicalCpu physical = new Machine(cpu, 1, false, EvenWork.MEGAHERTZ, new PerfSystem()).cpu(0);
        if (watchdog) {
            watchdogs.add(physical.perf().watchdog(true));
        }
        return physical;
    }

    /** Looks at a CPU from now on; the vCPU that it runs has been preempted before. */
    void look(PhysicalCpu cpu) {
        cpu.machine().listen(this);
        cpu.perf().observe(this);
        running = cpu.thread();
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
    Scenario.Result result(Scenario scenario, VpmuDesign design, double guestNanos, List<Scenario.Count> counts) {
        watchdogs.forEach(this::ended);
        return new Scenario.Result(scenario, design.name(), take(), guestNanos, counts, Collections.unmodifiableSortedMap(losses),
                new Scenario.HostEvents(opened, moved, waited, erred, collided.size()));
    }

    private static boolean isGuests(PerfEvent event) {
        return event.attributes().excludesHost();
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        settle();
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
    public void interrupted(PhysicalCpu cpu, boolean inGuest, int handled) {
        super.interrupted(cpu, inGuest, handled);
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
        settle();
        isRequested = false;
    }

    /** What was not asked for until now is not asked for any more. */
    private void settle() {
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
