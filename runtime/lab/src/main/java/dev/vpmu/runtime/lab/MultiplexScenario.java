package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.CounterBank;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest whose perf counts more events than there are counters, in turns of a millisecond: perf's generic events, one after the other and
 * again from the first. What it tells is enlarged to the whole time, as {@code perf stat} does.
 *
 * @param name the scenario's name
 * @param seconds how long, in guest time
 * @param watchdog whether the host's NMI watchdog is on
 */
public record MultiplexScenario(String name, double seconds, boolean watchdog) implements Scenario {

    /** How many events more than counters. */
    private static final int MORE = 4;

    @Override
    public Result run(Cpu cpu, VpmuDesign design) {
        EvenWork work = new EvenWork(cpu);
        Watch watch = new Watch();
        PhysicalCpu physical = watch.machine(cpu, watchdog);
        ProfiledGuest guest = new ProfiledGuest(cpu, physical, "vCPU 0", design, work, watch);
        guest.preempt();
        watch.look(physical);
        List<ProfiledGuest.Session> sessions = new ArrayList<>();
        for (int i = 0; i < counters(cpu) + MORE; i++) {
            PmuEvent event = work.events().get(i % work.events().size());
            sessions.add(guest.count(event));
        }
        for (long done = EvenWork.milliseconds(seconds); done > 0; done--) {
            guest.work();
            guest.rotate();
        }
        List<Count> counts = new ArrayList<>();
        sessions.forEach(session -> counts.add(session.close()));
        return watch.result(this, design, guest.nanos(), counts);
    }

    private static int counters(Cpu cpu) {
        return cpu.banks().stream().filter(bank -> bank.firstIndex() >= 0).mapToInt((CounterBank bank) -> bank.count(false)).sum();
    }
}
