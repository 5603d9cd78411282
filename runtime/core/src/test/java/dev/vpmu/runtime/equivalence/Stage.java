package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.ArrayList;
import java.util.List;

/** A machine with guests, each of which runs on a CPU of its own, too; and the host's events with what they should count. */
final class Stage implements MachineListener {

    /**
     * What a schedule is about.
     *
     * @param skid how many cycles PMIs take
     * @param undisturbed whether the guest's is the only work of its CPU, without a pause or a reset, so that it may count edges and slow clocks
     */
    record Setting(Subject subject, int cpus, int guests, long skid, boolean undisturbed) {
    }

    private static final int MEGAHERTZ = 2_200;
    private static final int MANY = 1 << 30;

    final Setting setting;
    final PerfSystem system = new PerfSystem();
    final Machine machine;
    final List<Virtual> guests = new ArrayList<>();
    final List<Alone> alone = new ArrayList<>();
    final List<HostThread> threads = new ArrayList<>();
    final List<HostEvent> events = new ArrayList<>();
    final boolean[] inGuest;
    /** The counters that a host event was put on since somebody has looked, for each CPU. */
    final long[] used;

    long nmis;
    private final Step idle;
    private PhysicalCpu working;
    private Step work;
    private long at;
    private long since;

    Stage(Setting setting) {
        this.setting = setting;
        Subject subject = setting.subject();
        system.samplesPerTick(MANY);
        machine = new Machine(subject.cpu(), setting.cpus(), subject.smt(), MEGAHERTZ, system);
        machine.listen(this);
        machine.cpus().forEach(cpu -> cpu.hardware().pmiSkid(setting.skid()));
        inGuest = new boolean[setting.cpus()];
        used = new long[setting.cpus()];
        for (int i = 0; i < setting.guests(); i++) {
            guests.add(new Virtual(subject, machine, "guest " + i, this));
            alone.add(new Alone(subject, setting.skid(), guests.get(i).msrs()));
            threads.add(guests.get(i).vcpu);
        }
        threads.add(new HostThread("thread"));
        idle = Step.of(setting.skid() + 1).build();
    }

    /* ------------------------------------------------------------- where threads are */

    void move(HostThread thread, PhysicalCpu cpu) {
        if (thread != null && thread.cpu() != null && thread.cpu() != cpu) {
            thread.cpu().schedule(null);
        }
        cpu.schedule(thread);
    }

    /** Has a guest's vCPU run it, wherever it is, or else on a CPU. */
    void bring(Virtual guest, int cpu) {
        if (guest.vcpu.cpu() == null) {
            move(guest.vcpu, machine.cpu(cpu));
        }
        if (!guest.isRun) {
            guest.isRun = true;
            guest.vcpu.run();
        }
    }

    void returnToUserSpace(Virtual guest) {
        if (guest.isRun && guest.vcpu.cpu() != null) {
            guest.isRun = false;
            guest.vcpu.returnToUserSpace();
        }
    }

    /** The guest whose vCPU is loaded on a CPU; null if there is none. */
    Virtual loadedOn(PhysicalCpu cpu) {
        for (Virtual guest : guests) {
            if (guest.isRun && guest.vcpu.cpu() == cpu) {
                return guest;
            }
        }
        return null;
    }

    /* ------------------------------------------------------------- work */

    long workInGuest(Virtual guest, Step step, long from, long to) {
        return guest.vcpu.work(step, from, to);
    }

    /** The host works while a guest halts. */
    void idle(PhysicalCpu cpu) {
        workInHost(cpu, idle);
    }

    void workInHost(PhysicalCpu cpu, Step step) {
        working = cpu;
        work = step;
        at = 0;
        since = cpu.cycles();
        cpu.work(step);
        settle();
        working = null;
    }

    /** Tells the events of what the host has worked since the last time. */
    private void settle() {
        if (working != null && working.cycles() != since) {
            long to = at + working.cycles() - since;
            for (HostEvent event : events) {
                event.worked(working, work, at, to);
            }
            at = to;
            since = working.cycles();
        }
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean wasInGuest, int handled) {
        settle();
        nmis++;
    }

    @Override
    public void placed(PhysicalCpu cpu, PerfEvent event, int counter) {
        settle();
        used[cpu.number()] |= counter < 0 ? 0 : 1L << counter;
    }

    @Override
    public void entered(Vcpu vcpu) {
        inGuest[vcpu.cpu().number()] = true;
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        inGuest[vcpu.cpu().number()] = false;
    }

    /* ------------------------------------------------------------- the host's events */

    void open(PhysicalCpu cpu, HostThread thread, EventAttributes.Builder attributes, long counts) {
        PhysicalCpu on = thread == null ? cpu : thread.cpu() != null ? thread.cpu() : machine.cpu(0);
        on.tick();
        PerfCore perf = on.perf();
        PerfEvent event = perf.open(thread == null ? perf.cpuContext() : thread.events(), attributes.build(), OverflowHandler.NONE);
        events.add(new HostEvent(event, counts, thread == null ? cpu : null, thread));
    }

    /** Where the host handles an event, out of guest mode. */
    PerfCore at(HostEvent event) {
        PhysicalCpu on = event.cpu != null ? event.cpu : event.thread.cpu() != null ? event.thread.cpu() : machine.cpu(0);
        on.tick();
        return on.perf();
    }

    /** The host's events turn on a CPU. */
    void rotate(PhysicalCpu cpu) {
        cpu.rotate();
        if (isRoomy(cpu, false)) {
            for (HostEvent event : events) {
                if (isOn(event, cpu) && event.event.state() == PerfEvent.State.INACTIVE) {
                    throw new AssertionError(event.event + " waits on " + cpu + ", where counters are free");
                }
            }
        }
    }

    /** Whether there is certainly a counter for each event, or each pinned one, that wants to be on a CPU; precise records go on some only. */
    boolean isRoomy(PhysicalCpu cpu, boolean pinnedOnly) {
        int wanted = 0;
        for (HostEvent event : events) {
            if (isOn(event, cpu) && event.event.state() != PerfEvent.State.OFF && (!pinnedOnly || event.event.attributes().isPinned())) {
                wanted++;
                if (event.event.attributes().precise() > 0) {
                    return false;
                }
            }
        }
        int general = setting.subject().general();
        return wanted <= general - Long.bitCount(cpu.perf().reservedCounters() & (1L << general) - 1);
    }

    private static boolean isOn(HostEvent event, PhysicalCpu cpu) {
        return event.cpu == null ? event.thread.cpu() == cpu : event.cpu == cpu;
    }

    /** No pinned event goes to error where there is room for all of them. */
    void checkErrors() {
        for (HostEvent event : events) {
            boolean isInError = event.event.state() == PerfEvent.State.ERROR;
            PhysicalCpu cpu = event.cpu != null ? event.cpu : event.thread.cpu();
            if (isInError && !event.wasInError && cpu != null && isRoomy(cpu, true)) {
                throw new AssertionError(event.event + " is in error on " + cpu + ", where counters are free");
            }
            event.wasInError = isInError;
        }
    }

    void close(HostEvent event) {
        at(event).close(event.event);
        event.check();
        events.remove(event);
    }
}
