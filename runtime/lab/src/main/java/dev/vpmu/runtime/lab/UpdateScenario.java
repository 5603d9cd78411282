package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A guest whose perf samples an event updates one register, once: what does it take? */
public enum UpdateScenario {
    /** The selector of a counter that counts, to another event. */
    CONTROL_WRITE("control-write"),
    /** The control of a fixed counter that counts, to another ring. */
    CONTROL_WRITE_FIXED("control-write-fixed"),
    /** The value of a counter that counts. */
    COUNTER_WRITE("counter-write"),
    /** All counters off, and on again: two writes. */
    GLOBAL_TOGGLE("global-toggle");

    private static final long PERIOD = 1_000_003;
    private static final long CYCLES = 10_000;
    private static final long MEGAHERTZ = 2_200;

    private final String text;

    UpdateScenario(String text) {
        this.text = text;
    }

    /** The scenario's name. */
    public String text() {
        return text;
    }

    /** The steps that the update takes under a design, from the instruction on until the guest goes on. */
    public Steps run(Cpu cpu, VpmuDesign design, boolean watchdog) {
        StepCounter counter = new StepCounter();
        run(cpu, design, watchdog, machine -> counter);
        return counter.take();
    }

    /** The same as a numbered list: each access and each step with whose it is, and what {@code costs} says that it costs. */
    public List<String> list(Cpu cpu, VpmuDesign design, CostTable costs) {
        List<String> lines = new ArrayList<>();
        lines.add(text + " under " + design + ", step by step; prices " + costs.name() + (costs.isFitted() ? ", FITTED" : "") + ", in ns");
        PricedLog[] log = new PricedLog[1];
        run(cpu, design, false, machine -> log[0] = new PricedLog(machine, costs, design.name()));
        lines.addAll(log[0].lines());
        return List.copyOf(lines);
    }

    private void run(Cpu cpu, VpmuDesign design, boolean watchdog, Function<Machine, MachineListener> listener) {
        Machine machine = new Machine(cpu, 1, false, MEGAHERTZ, new PerfSystem());
        PhysicalCpu physical = machine.cpu(0);
        if (watchdog) {
            physical.perf().watchdog(true);
        }
        Vcpu vcpu = new Vcpu(machine, "vCPU 0", design);
        physical.schedule(vcpu);
        vcpu.run();
        PerfCore guest = cpu.perf(new PerfSystem(), vcpu, vcpu.lvt(), physical::nanos, false);
        vcpu.onPmi(guest::nmi);
        GuestWords before = new GuestWords(cpu, vcpu, sampled(cpu, false));
        GuestWords after = new GuestWords(cpu, vcpu, sampled(cpu, true));
        guest.open(guest.cpuContext(), sampled(cpu, false).build(), OverflowHandler.NONE);
        vcpu.work(Step.of(CYCLES).build());
        machine.listen(listener.apply(machine));
        switch (this) {
            case CONTROL_WRITE, CONTROL_WRITE_FIXED -> vcpu.wrmsr(after.address("selector"), after.value("selector"));
            case COUNTER_WRITE -> vcpu.wrmsr(before.address("value"), before.value("value"));
            case GLOBAL_TOGGLE -> {
                vcpu.wrmsr(before.address("enable"), 0);
                vcpu.wrmsr(before.address("enable"), before.value("enable"));
            }
        }
    }

    private EventAttributes.Builder sampled(Cpu cpu, boolean changed) {
        if (this == CONTROL_WRITE_FIXED) {
            PmuEvent fixed = GuestWords.event(cpu, PmuEvent.Kind.FIXED, "");
            EventAttributes.Builder asked = EventAttributes.onCounter(fixed.name(), Long.numberOfTrailingZeros(fixed.counters()), fixed.encoding()).period(PERIOD);
            return changed ? asked.excludeUser() : asked;
        }
        PmuEvent event = GuestWords.event(cpu, PmuEvent.Kind.PROGRAMMABLE, changed ? "cache misses" : "branches");
        long first = event.counters() & -event.counters();
        return cpu.attributes(event).counters(first).period(PERIOD);
    }

    @Override
    public String toString() {
        return text;
    }
}
