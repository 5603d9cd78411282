package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
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
public record SamplingScenario(String name, long hertz, double seconds, int vcpus, boolean watchdog) {

    private static final long MEGAHERTZ = 2_200;
    private static final long HERTZ = MEGAHERTZ * 1_000_000;
    /** Two milliseconds. */
    private static final long SLICE = 4_400_000;
    private static final long TICK = HERTZ / 250;
    /** The vCPU's thread is preempted so often. */
    private static final long TICKS_A_SLICE = 10;

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

    /**
     * What came out.
     *
     * @param steps the steps that were taken
     * @param guestNanos how long the guests worked, all together
     * @param told what their perf says they counted
     * @param counted what they did
     * @param overflows how often their counters overflowed
     * @param samples how many PMIs reached them
     */
    public record Result(SamplingScenario scenario, String policy, Steps steps, double guestNanos, long told, long counted, long overflows, long samples) {

        /** Time with the virtual PMU in use against time without. */
        public double slowdown(CostTable costs) {
            return (guestNanos + new Bill(steps, costs, policy).nanos()) / guestNanos;
        }

        /** How far off the count is, against the true one. */
        public double countError() {
            return counted == 0 ? 0 : Math.abs(told - counted) / (double) counted;
        }

        /** PMIs that should have come and did not. */
        public long lost() {
            return Math.max(0, overflows - samples);
        }
    }

    /** Runs it under a design. */
    public Result run(Cpu cpu, VpmuDesign design) {
        long[] counted = new long[4];
        StepCounter counter = new StepCounter();
        for (int i = 0; i < vcpus; i++) {
            one(cpu, design, counter, counted);
        }
        return new Result(this, design.name(), counter.take(), vcpus * seconds * 1e9, counted[0], counted[1], counted[2], counted[3]);
    }

    private void one(Cpu cpu, VpmuDesign design, StepCounter counter, long[] sums) {
        Machine machine = new Machine(cpu, 1, false, MEGAHERTZ, new PerfSystem());
        PhysicalCpu physical = machine.cpu(0);
        if (watchdog) {
            physical.perf().watchdog(true);
        }
        Vcpu vcpu = new Vcpu(machine, "vCPU 0", design);
        physical.schedule(vcpu);
        vcpu.run();
        // it has run for a while
        physical.schedule(null);
        physical.schedule(vcpu);
        vcpu.privilege(0, true, true);
        PerfCore guest = cpu.perf(new PerfSystem(), vcpu, vcpu.lvt(), physical::nanos, false);
        vcpu.onPmi(guest::nmi);
        PmuEvent cycles = GuestWords.event(cpu, PmuEvent.Kind.PROGRAMMABLE, "cycles");
        long period = hertz == 0 ? 0 : Math.max(1, HERTZ / hertz);
        machine.listen(counter);
        PerfEvent event = guest.open(guest.cpuContext(), hertz == 0 ? cpu.attributes(cycles).build() : cpu.attributes(cycles).period(period).build(), (sampled, of) -> sums[3]++);
        long all = Math.round(seconds * HERTZ);
        Step work = Step.of(SLICE).build();
        long began = physical.cycles();
        long ticks = 0;
        for (long done = 0, tick = TICK; done < all; ) {
            long piece = Math.min(SLICE, all - done);
            for (long at = 0; at < piece; ) {
                at = vcpu.work(work, at, piece);
            }
            done += piece;
            for (; tick <= done; tick += TICK) {
                guest.tick();
                if (++ticks % TICKS_A_SLICE == 0) {
                    physical.schedule(null);
                    physical.schedule(vcpu);
                }
            }
        }
        long worked = physical.cycles() - began;
        sums[0] += event.read();
        sums[1] += worked;
        sums[2] += period == 0 ? 0 : worked / period;
    }
}
