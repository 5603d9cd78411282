package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest whose perf samples branches while the host counts for itself on the same CPU: a quarter of the time each with one flexible event
 * of the host's, with as many flexible as there are counters for it, with as many pinned ones, and with as many pinned ones that come only
 * when the guest already samples.
 *
 * @param name the scenario's name
 * @param seconds how long, in guest time
 * @param watchdog whether the host's NMI watchdog is on
 */
public record CompetingScenario(String name, double seconds, boolean watchdog) implements Scenario {

    private static final long HERTZ = 1_000;
    private static final long MILLISECONDS_A_TICK = 4;

    private enum Competition {
        ONE, FLEXIBLE, PINNED, LATE;

        boolean isPinned() {
            return this == PINNED || this == LATE;
        }
    }

    @Override
    public boolean hostCompetes() {
        return true;
    }

    @Override
    public Result run(Cpu cpu, VpmuDesign design) {
        return new Course(cpu, design).run();
    }

    /** One run of it. */
    private final class Course {

        private final VpmuDesign design;
        private final EvenWork work;
        private final Watch watch = new Watch();
        private final PhysicalCpu physical;
        private final ProfiledGuest guest;
        private final List<PerfEvent> host = new ArrayList<>();

        private Course(Cpu cpu, VpmuDesign design) {
            this.design = design;
            work = new EvenWork(cpu);
            physical = watch.machine(cpu, watchdog);
            guest = new ProfiledGuest(cpu, physical, "vCPU 0", design, work, watch);
            guest.preempt();
        }

        private Result run() {
            watch.look(physical);
            long quarter = Math.max(2, EvenWork.milliseconds(seconds / 4));
            List<Count> counts = new ArrayList<>();
            for (Competition competition : Competition.values()) {
                if (competition != Competition.LATE) {
                    open(competition);
                }
                ProfiledGuest.Session session = guest.sample(work.event("branches"), HERTZ);
                for (long done = 1; done <= quarter; done++) {
                    guest.work();
                    physical.rotate();
                    if (done % MILLISECONDS_A_TICK == 0) {
                        physical.tick();
                    }
                    if (competition == Competition.LATE && done == quarter / 2) {
                        open(competition);
                    }
                }
                counts.add(session.close());
                close();
            }
            return watch.result(CompetingScenario.this, design, guest.nanos(), counts);
        }

        private void open(Competition competition) {
            PmuEvent misses = work.event("cache misses");
            int counters = Long.bitCount(misses.counters() & physical.perf().geometry().counters());
            for (int i = competition == Competition.ONE ? counters : 1; i <= counters; i++) {
                EventAttributes.Builder asked = physical.machine().cpu().attributes(misses);
                host.add(physical.perf().open(physical.perf().cpuContext(), (competition.isPinned() ? asked.pinned() : asked).build(), OverflowHandler.NONE));
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
