package dev.vpmu.generator.machine;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.EventOrientedPmu;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.function.UnaryOperator;

/** A guest of one vCPU with an event-oriented PMU, and what its kernel writes to Intel's registers. */
final class Guest {

    static final int PMC = 0xC1;
    static final int EVENTSEL = 0x186;
    static final int FIXED_CTR = 0x309;
    static final int FIXED_CTR_CTRL = 0x38D;
    static final int STATUS = 0x38E;
    static final int GLOBAL_CTRL = 0x38F;
    static final int OVF_CTRL = 0x390;

    static final long ENABLED = 0x43_0000;
    static final long INTERRUPTS = 0x10_0000;
    static final long MASK = (1L << 48) - 1;

    final Host host;
    final Vcpu vcpu;
    final EventOrientedPmu pmu;

    Guest(Host host, String name, Design design) {
        this(host, name, design, pmu -> pmu);
    }

    /**
     * A guest whose thread does not run yet.
     *
     * @param around makes what the vCPU sees of its PMU
     */
    Guest(Host host, String name, Design design, UnaryOperator<VirtualPmu> around) {
        this.host = host;
        EventOrientedPmu[] made = new EventOrientedPmu[1];
        VpmuDesign declared = host.cpu.door().design(design.policy());
        vcpu = new Vcpu(host.machine, name, declared.masksLvt(), port -> {
            made[0] = (EventOrientedPmu) declared.pmu(port, host.cpu.smt());
            return around.apply(made[0]);
        });
        pmu = made[0];
    }

    /** The selector's bits for an event that steps know by a name. */
    static long event(long name) {
        return name >>> Integer.SIZE | (name & 0xFF) << Byte.SIZE;
    }

    /** A selector that counts an event in every ring. */
    static long selector(long name) {
        return event(name) | ENABLED;
    }

    /** Programs a counter with a selector, with the value it begins with, and leaves it to GLOBAL_CTRL whether it counts. */
    void select(int counter, long selector, long begin) {
        vcpu.wrmsr(PMC + counter, begin);
        vcpu.wrmsr(EVENTSEL + counter, selector);
    }

    /** Counts an event from now on, on a counter with a selector and no other. */
    void count(int counter, long name) {
        vcpu.wrmsr(GLOBAL_CTRL, 0);
        select(counter, selector(name), 0);
        vcpu.wrmsr(GLOBAL_CTRL, 1L << counter);
    }

    void enable(long counters) {
        vcpu.wrmsr(GLOBAL_CTRL, counters);
    }

    long read(int counter) {
        return vcpu.rdmsr(PMC + counter);
    }

    long status() {
        return vcpu.rdmsr(STATUS);
    }

    void work(Step step) {
        vcpu.work(step);
    }

    /** The host event of a counter. */
    PerfEvent behind(int counter) {
        return pmu.event(counter);
    }
}
