package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;

/** One run of a {@link ProfileScenario}. */
final class ProfileRun {

    /** Of the host's scheduler; Linux's 250 a second. */
    private static final long MILLISECONDS_A_TICK = 4;

    private final ProfileScenario scenario;
    private final Cpu cpu;
    private final VpmuDesign design;
    private final EvenWork work;
    private final Watch watch;
    private final List<Result.Count> counts = new ArrayList<>();
    private double nanos;

    ProfileRun(ProfileScenario scenario, Cpu cpu, VpmuDesign design) {
        this.scenario = scenario;
        this.cpu = cpu;
        this.design = design;
        work = new EvenWork(cpu, scenario.work());
        watch = new Watch(cpu);
    }

    Result run() {
        int vcpus = scenario.guests().vcpus();
        if (scenario.guests().sharing()) {
            new OneCpu(0, vcpus).run();
        } else {
            for (int i = 0; i < vcpus; i++) {
                new OneCpu(i, 1).run();
            }
        }
        return watch.result(scenario, design, nanos, counts);
    }

    /** What happens on one CPU. */
    private final class OneCpu {

        private final PhysicalCpu physical = watch.machine(work.megahertz(), scenario.watchdog());
        private final int first;
        private final ProfiledGuest[] guests;
        private final List<PerfEvent> host = new ArrayList<>();
        /** How long all guests work in a part of the scenario, in milliseconds, and how long they have. */
        private long length;
        private long done;
        private HostSession late;

        /** For some of the guests. */
        private OneCpu(int first, int vcpus) {
            this.first = first;
            guests = new ProfiledGuest[vcpus];
        }

        private void run() {
            if (!scenario.guests().fresh()) {
                for (int i = 0; i < guests.length; i++) {
                    // it has run for a while
                    guest(i).turn();
                }
            }
            watch.look(physical);
            int parts = Math.max(1, scenario.host().size());
            long each = parts == 1 ? EvenWork.milliseconds(scenario.seconds()) : Math.max(2, EvenWork.milliseconds(scenario.seconds() / parts));
            for (int i = 0; i < parts; i++) {
                part(scenario.host().isEmpty() ? null : scenario.host().get(i), each);
            }
            for (ProfiledGuest guest : guests) {
                nanos += guest.nanos();
            }
        }

        private ProfiledGuest guest(int i) {
            if (guests[i] == null) {
                guests[i] = new ProfiledGuest(cpu, physical, "vCPU " + (first + i), design, work, watch);
            }
            return guests[i];
        }

        /** The guests' perfs begin, work and end. */
        private void part(HostSession session, long each) {
            length = each * guests.length;
            done = 0;
            late = session != null && session.isLate() ? session : null;
            if (session != null && late == null) {
                open(session);
            }
            List<List<ProfiledGuest.Session>> sessions = new ArrayList<>();
            for (int i = 0; i < guests.length; i++) {
                ProfiledGuest guest = guest(i);
                guest.resume();
                sessions.add(scenario.session().open(guest, work, cpu));
                slice(guest, each);
            }
            for (long left = each - scenario.guests().slice(); left > 0; left -= scenario.guests().slice()) {
                for (ProfiledGuest guest : guests) {
                    guest.turn();
                    slice(guest, left);
                }
            }
            for (int i = 0; i < guests.length; i++) {
                guests[i].resume();
                sessions.get(i).forEach(open -> counts.add(open.close()));
            }
            close();
        }

        private void slice(ProfiledGuest guest, long left) {
            for (long i = Math.min(left, scenario.guests().slice()); i > 0; i--) {
                guest.work();
                guest.rotate();
                done++;
                if (scenario.hostCompetes()) {
                    physical.rotate();
                    if (done % MILLISECONDS_A_TICK == 0) {
                        physical.tick();
                    }
                }
                if (late != null && done >= length / 2) {
                    open(late);
                    late = null;
                }
            }
        }

        private void open(HostSession session) {
            PmuEvent event = work.event(session.event());
            int events = session.events() > 0 ? session.events() : Long.bitCount(event.counters() & physical.perf().geometry().counters());
            for (int i = 0; i < events; i++) {
                EventAttributes.Builder asked = cpu.attributes(event);
                host.add(physical.perf().open(physical.perf().cpuContext(), (session.isPinned() ? asked.pinned() : asked).build(), OverflowHandler.NONE));
            }
        }

        private void close() {
            for (PerfEvent event : host) {
                watch.ended(event);
                physical.perf().close(event);
            }
            host.clear();
        }
    }
}
