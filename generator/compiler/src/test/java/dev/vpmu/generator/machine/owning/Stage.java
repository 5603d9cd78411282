package dev.vpmu.generator.machine.owning;

import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.perf.AsPosted;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A machine of two CPUs with guests that own counters. Whatever is done here is a step, after which the {@link Invariants} hold. */
final class Stage {

    static final int CPUS = 2;
    static final String INTENDED = "RegisterOriented";
    static final String POSTED = "RegisterOrientedAsPosted";

    private static final int MEGAHERTZ = 2_200;

    final OwnedCpu cpu;
    final Machine machine;
    final PhysicalCpu first;
    final PhysicalCpu second;
    final Happenings happenings;
    final List<OwningGuest> guests = new ArrayList<>();

    private final String policy;
    private final Invariants invariants;

    private Stage(OwnedCpu cpu, String policy, boolean isIntended, Set<AsPosted> posted) {
        this.cpu = cpu;
        this.policy = policy;
        machine = new Machine(cpu.door(), CPUS, cpu.smt(), MEGAHERTZ, new PerfSystem(PinnedChoice.EVICT_TO_ERROR, posted));
        first = machine.cpu(0);
        second = machine.cpu(1);
        happenings = new Happenings(this);
        invariants = new Invariants(this, isIntended);
        machine.listen(happenings);
    }

    /** A machine whose host does as the series was meant: column A of domain.md §12.8. */
    static Stage intended(OwnedCpu cpu) {
        return new Stage(cpu, INTENDED, true, Set.of());
    }

    /** A machine whose host does as the series was posted: column P. */
    static Stage posted(OwnedCpu cpu) {
        return new Stage(cpu, POSTED, false, EnumSet.allOf(AsPosted.class));
    }

    /** A machine on which guests have another policy, and nothing is checked. */
    static Stage with(OwnedCpu cpu, String policy) {
        return new Stage(cpu, policy, false, policy.equals(POSTED) ? EnumSet.allOf(AsPosted.class) : Set.of());
    }

    Invariants invariants() {
        return invariants;
    }

    /** A guest that runs on the first CPU, with all its counters off. */
    OwningGuest guest() {
        OwningGuest guest = waiting("guest " + guests.size());
        schedule(first, guest);
        guest.run();
        guest.wrmsr(Intel.GLOBAL_CTRL, 0);
        return guest;
    }

    /** A guest whose thread does not run yet. */
    OwningGuest waiting(String name) {
        OwningGuest guest = new OwningGuest(this, name, machine.cpu().design(policy));
        guests.add(guest);
        return guest;
    }

    void schedule(PhysicalCpu on, OwningGuest guest) {
        on.schedule(guest.vcpu);
        invariants.check();
    }

    void schedule(PhysicalCpu on, HostThread thread) {
        on.schedule(thread);
        invariants.check();
    }

    /** Takes the thread off its CPU. */
    void idle(PhysicalCpu on) {
        schedule(on, (HostThread) null);
    }

    void work(PhysicalCpu on, Work work) {
        on.work(work.step());
        invariants.check();
    }

    void tick(PhysicalCpu on) {
        on.tick();
        invariants.check();
    }

    void rotate(PhysicalCpu on) {
        on.rotate();
        invariants.check();
    }

    /** Opens an event of the CPU's own; a guest that runs there leaves guest mode for it. */
    PerfEvent open(PhysicalCpu on, EventAttributes.Builder attributes) {
        on.tick();
        PerfEvent event = on.perf().open(on.perf().cpuContext(), attributes.build(), OverflowHandler.NONE);
        invariants.check();
        return event;
    }

    /** Opens an event of a thread that runs. */
    PerfEvent open(HostThread thread, EventAttributes.Builder attributes) {
        PerfEvent event = thread.cpu().perf().open(thread.events(), attributes.build(), OverflowHandler.NONE);
        invariants.check();
        return event;
    }

    /** An event of the host's, which counts mispredicted branches. */
    static EventAttributes.Builder misses() {
        return EventAttributes.of("host's", Intel.event(Work.MISSES));
    }

    /** The counters that the host has given up, a global mask. */
    static long reserved(PhysicalCpu on) {
        return on.perf().reservedCounters();
    }
}
