package dev.vpmu.generator.machine;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A machine of two CPUs, what happens on it, and whom it runs. */
final class Host {

    static final long INSTRUCTIONS = Step.event(0xC0, 0);
    static final long BRANCHES = Step.event(0xC4, 0);
    static final long MISSES = Step.event(0xC5, 0);

    static final long CYCLES = Step.event(0x3C, 0);

    private static final int MEGAHERTZ = 2_200;

    final HostCpu cpu;
    final Machine machine;
    final PhysicalCpu first;
    final PhysicalCpu second;
    final Journal journal = new Journal();

    Host(HostCpu cpu) {
        this.cpu = cpu;
        machine = new Machine(cpu.door(), 2, cpu.smt(), MEGAHERTZ, new PerfSystem());
        machine.listen(journal);
        first = machine.cpu(0);
        second = machine.cpu(1);
    }

    /** A guest that runs on the first CPU. */
    Guest guest(Design design) {
        Guest guest = new Guest(this, "guest", design);
        first.schedule(guest.vcpu);
        guest.vcpu.run();
        journal.take();
        return guest;
    }

    /** A vCPU that runs on the first CPU, with a PMU of the test's own. */
    Vcpu vcpu(Function<VcpuPort, VirtualPmu> pmu) {
        Vcpu vcpu = new Vcpu(machine, "vcpu", true, pmu);
        first.schedule(vcpu);
        vcpu.run();
        journal.take();
        return vcpu;
    }

    /** Opens an event on the first CPU; a guest that runs there leaves guest mode for it. */
    PerfEvent open(EventAttributes.Builder attributes) {
        first.tick();
        return first.perf().open(first.perf().cpuContext(), attributes.build(), OverflowHandler.NONE);
    }

    /** Pins so many events with selectors to the first CPU, which only counters with selectors can hold. */
    List<PerfEvent> pin(int events) {
        List<PerfEvent> pinned = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            pinned.add(open(EventAttributes.of("host's " + i, Guest.event(MISSES)).pinned()));
        }
        return pinned;
    }

    void close(List<PerfEvent> events) {
        first.tick();
        events.forEach(first.perf()::close);
    }

    /** So many instructions, a cycle each, and as many branches and misses as said, in ring 0. */
    static Step work(long instructions, long branches, long misses) {
        return work(0, instructions, branches, misses);
    }

    static Step work(int ring, long instructions, long branches, long misses) {
        return Step.of(instructions).ring(ring).uniform(INSTRUCTIONS, instructions).uniform(BRANCHES, branches).uniform(MISSES, misses).build();
    }
}
