package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;

/**
 * Guests of one vCPU that share one CPU in time slices, each with a perf that samples cycles. They begin as they are first scheduled.
 *
 * @param name the scenario's name
 * @param vcpus how many
 * @param seconds how long each works, in guest time
 * @param watchdog whether the host's NMI watchdog is on
 */
public record SharedScenario(String name, int vcpus, double seconds, boolean watchdog) implements Scenario {

    private static final long HERTZ = 1_000;
    private static final long MILLISECONDS_A_SLICE = 4;

    @Override
    public Result run(Cpu cpu, VpmuDesign design) {
        EvenWork work = new EvenWork(cpu);
        Watch watch = new Watch();
        PhysicalCpu physical = watch.machine(cpu, watchdog);
        watch.look(physical);
        List<ProfiledGuest> guests = new ArrayList<>();
        List<ProfiledGuest.Session> sessions = new ArrayList<>();
        long all = EvenWork.milliseconds(seconds);
        for (int i = 0; i < vcpus; i++) {
            ProfiledGuest guest = new ProfiledGuest(cpu, physical, "vCPU " + i, design, work, watch);
            guests.add(guest);
            sessions.add(guest.sample(work.event("cycles"), HERTZ));
            slice(guest, all);
        }
        for (long left = all - MILLISECONDS_A_SLICE; left > 0; left -= MILLISECONDS_A_SLICE) {
            for (ProfiledGuest guest : guests) {
                guest.resume();
                slice(guest, left);
            }
        }
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < vcpus; i++) {
            guests.get(i).resume();
            counts.add(sessions.get(i).close());
        }
        return watch.result(this, design, guests.stream().mapToDouble(ProfiledGuest::nanos).sum(), counts);
    }

    private static void slice(ProfiledGuest guest, long left) {
        for (long done = 0; done < Math.min(left, MILLISECONDS_A_SLICE); done++) {
            guest.work();
        }
    }
}
