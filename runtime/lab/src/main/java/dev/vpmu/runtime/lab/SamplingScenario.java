package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;

/**
 * Guests whose perf samples cycles, as {@code perf record -F} does; with a frequency of 0 it only counts, as {@code perf stat} does. Time is
 * the guests' own: what a sample costs is added up beside it.
 *
 * @param name the scenario's name
 * @param hertz samples a second of guest time
 * @param seconds how long, in guest time
 * @param vcpus how many guests of one vCPU, each on a CPU of its own
 * @param watchdog whether the hosts' NMI watchdogs are on
 */
public record SamplingScenario(String name, long hertz, double seconds, int vcpus, boolean watchdog) implements Scenario {

    /** The vCPU's thread is preempted so often. */
    private static final long MILLISECONDS_A_SLICE = 40;

    /** The scenarios that are shipped. */
    public static List<SamplingScenario> shipped(double seconds) {
        List<SamplingScenario> shipped = new ArrayList<>();
        for (boolean watchdog : new boolean[] {false, true}) {
            String with = watchdog ? "+watchdog" : "";
            shipped.add(new SamplingScenario("perf-stat" + with, 0, seconds, 1, watchdog));
            for (long hertz : new long[] {100, 1_000, 10_000, 100_000}) {
                shipped.add(new SamplingScenario("perf-record-" + (hertz < 1_000 ? hertz + "hz" : hertz / 1_000 + "khz") + with, hertz, seconds, 1, watchdog));
            }
        }
        return List.copyOf(shipped);
    }

    @Override
    public Result run(Cpu cpu, VpmuDesign design) {
        EvenWork work = new EvenWork(cpu);
        Watch watch = new Watch();
        List<Count> counts = new ArrayList<>();
        double nanos = 0;
        for (int i = 0; i < vcpus; i++) {
            PhysicalCpu physical = watch.machine(cpu, watchdog);
            ProfiledGuest guest = new ProfiledGuest(cpu, physical, "vCPU " + i, design, work, watch);
            // it has run for a while
            guest.preempt();
            watch.look(physical);
            ProfiledGuest.Session session = guest.sample(work.event("cycles"), hertz);
            for (long done = 1; done <= EvenWork.milliseconds(seconds); done++) {
                guest.work();
                if (done % MILLISECONDS_A_SLICE == 0) {
                    guest.preempt();
                }
            }
            counts.add(session.close());
            nanos += guest.nanos();
        }
        return watch.result(this, design, nanos, counts);
    }
}
