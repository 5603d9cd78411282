package dev.vpmu.runtime.lab.timeline;

import dev.vpmu.runtime.cpu.CounterBank;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;

/**
 * Who had which counter of a CPU, over time: a short run in which two vCPUs take turns on it, a host event counts there too, and the host
 * works now and then. Time is what the guests and the host work; steps that the host takes for guests take none here.
 *
 * @param policy the design
 * @param lanes what there is to have: the CPU itself first, then its counters
 * @param spans who had what, in the order in which it ended
 * @param marks what happened at a moment, in order
 * @param nanos how long it took
 */
public record CounterOwnership(String policy, List<String> lanes, List<Span> spans, List<Mark> marks, long nanos) {

    /** The owner that is not a guest. */
    public static final String HOST = "host";

    /**
     * One had something for a while.
     *
     * @param lane the index of what it had
     * @param owner the vCPU's name, or {@link #HOST}
     * @param how as what it had it
     * @param from when it began, in nanoseconds
     * @param to when it ended, later than {@code from}
     */
    public record Span(int lane, String owner, String how, long from, long to) {
    }

    /** Something happened, after so many nanoseconds. */
    public record Mark(String what, long nanos) {
    }

    private static final long MEGAHERTZ = 2_200;
    /** 100 microseconds. */
    private static final long SLICE = 220_000;
    /** A PMI in about 70 microseconds. */
    private static final long PERIOD = 150_001;
    private static final int ROUNDS = 4;

    public CounterOwnership {
        lanes = List.copyOf(lanes);
        spans = List.copyOf(spans);
        marks = List.copyOf(marks);
    }

    /** The names of all owners, the host last. */
    public List<String> owners() {
        List<String> owners = new ArrayList<>(spans.stream().map(Span::owner).filter(owner -> !owner.equals(HOST)).distinct().sorted().toList());
        owners.add(HOST);
        return owners;
    }

    /** The run under a design. */
    public static CounterOwnership run(Cpu cpu, VpmuDesign design) {
        Machine machine = new Machine(cpu, 2, true, MEGAHERTZ, new PerfSystem());
        PhysicalCpu physical = machine.cpu(0);
        List<Vcpu> vcpus = List.of(new Vcpu(machine, "vCPU 0", design), new Vcpu(machine, "vCPU 1", design));
        List<String> lanes = new ArrayList<>(List.of(physical.toString()));
        List<Integer> counters = new ArrayList<>();
        for (CounterBank bank : cpu.banks()) {
            for (int i = 0; bank.firstIndex() >= 0 && bank.withSmt() >>> i != 0; i++) {
                if ((bank.withSmt() >>> i & 1) != 0) {
                    lanes.add(bank.name() + " " + i);
                    counters.add(bank.firstIndex() + i);
                }
            }
        }
        OwnershipListener listener = new OwnershipListener(physical, vcpus, counters);
        machine.listen(listener);
        PmuEvent cycles = event(cpu, "cycles");
        PmuEvent branches = event(cpu, "branches");
        listener.name(physical.perf().watchdog(true), "NMI watchdog");
        physical.perf().open(physical.perf().cpuContext(), cpu.attributes(branches).build(), OverflowHandler.NONE);
        List<PerfCore> guests = new ArrayList<>();
        for (Vcpu vcpu : vcpus) {
            physical.schedule(vcpu);
            vcpu.run();
            PerfCore guest = cpu.perf(new PerfSystem(), vcpu, vcpu.lvt(), physical::nanos, true);
            vcpu.onPmi(guest::nmi);
            guests.add(guest);
        }
        Step work = Step.of(SLICE).uniform(cpu.eventOf(branches), SLICE / 5).build();
        PerfEvent given = null;
        for (int round = 0; round < ROUNDS; round++) {
            physical.schedule(vcpus.get(0));
            if (round == 1) {
                open(guests.get(0), cpu.attributes(cycles).period(PERIOD));
                given = open(guests.get(0), cpu.attributes(branches));
            } else if (round == ROUNDS - 1) {
                guests.get(0).close(given);
            }
            listener.look();
            vcpus.get(0).work(work);
            physical.schedule(vcpus.get(1));
            if (round == 0) {
                open(guests.get(1), cpu.attributes(branches));
            }
            listener.look();
            vcpus.get(1).work(work);
            physical.schedule(null);
            listener.look();
            physical.work(work);
        }
        return new CounterOwnership(design.name(), lanes, listener.end(), listener.marks(), physical.nanos());
    }

    private static PmuEvent event(Cpu cpu, String role) {
        return cpu.events().all().stream().filter(event -> event.kind() == PmuEvent.Kind.PROGRAMMABLE && event.role().equals(role)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(cpu.name() + " has no event that is " + role));
    }

    private static PerfEvent open(PerfCore guest, EventAttributes.Builder event) {
        return guest.open(guest.cpuContext(), event.build(), OverflowHandler.NONE);
    }
}
