package dev.vpmu.examples.e5v4;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vpmu.intel.BroadwellEP;
import vpmu.intel.BroadwellEP.Msr;
import vpmu.intel.BroadwellEPLayouts.DebugControl;
import vpmu.intel.BroadwellEPLayouts.EventSelectV3;
import vpmu.intel.BroadwellEPLayouts.FixedControlV3;

/**
 * What a guest's perf does, by hand, on the generated hardware of an E5-2699 v4: counts a piece of work with four programmable and three
 * fixed counters, then samples it by interrupts. The lines tell every register access.
 */
public final class GuestProgram {

    private static final long PERIOD = 1_000_003;
    private static final long COUNTER_BITS = (1L << 48) - 1;
    private static final int FIXED = 0x4000_0000;
    /** The last one has a threshold and is inverted: it counts the cycles in which no micro-operation retires. */
    private static final List<String> EVENTS = List.of("INST_RETIRED.ANY_P", "LONGEST_LAT_CACHE.MISS", "L1D_PEND_MISS.PENDING", "UOPS_RETIRED.STALL_CYCLES");
    private static final List<String> FIXED_EVENTS = List.of("INST_RETIRED.ANY", "CPU_CLK_UNHALTED.THREAD", "CPU_CLK_UNHALTED.REF_TSC");

    private final Cpu cpu = new BroadwellEP();
    private final PmuHardware hardware = cpu.hardware(true);
    private final List<String> lines = new ArrayList<>();
    private final LoggedRegisters pmu = new LoggedRegisters(cpu, hardware, lines);
    private final List<Step> work = List.of(user(), kernel());

    private GuestProgram() {
    }

    /** Runs the program; what it did and saw. */
    public static List<String> run() {
        GuestProgram program = new GuestProgram();
        program.count();
        program.sample();
        return List.copyOf(program.lines);
    }

    private PmuEvent event(String name) {
        return cpu.events().find(name).orElseThrow(() -> new IllegalStateException("Broadwell-EP has no event " + name));
    }

    private long occurring(String name) {
        return cpu.eventOf(event(name));
    }

    /** A millisecond at 2.2 GHz in ring 3: 1.5 instructions a cycle, now and then a miss, loads that wait in pairs, and stalls. */
    private Step user() {
        return Step.of(2_200_000).ring(3).uniform(occurring("INST_RETIRED.ANY_P"), 3_300_000).uniform(occurring("LONGEST_LAT_CACHE.MISS"), 4_000)
                .run(occurring("L1D_PEND_MISS.PENDING"), 2, 30, 100)
                .run(occurring("UOPS_RETIRED.ALL"), 3, 60, 100).build();
    }

    /** A tenth of that in ring 0. */
    private Step kernel() {
        return Step.of(220_000).uniform(occurring("INST_RETIRED.ANY_P"), 110_000).uniform(occurring("LONGEST_LAT_CACHE.MISS"), 900).build();
    }

    /* ------------------------------------------------------------- counting */

    private void count() {
        lines.add("A guest counts 2,200,000 cycles in ring 3 and 220,000 in ring 0, SMT on");
        for (int i = 0; i < EVENTS.size(); i++) {
            pmu.wrmsr(Msr.IA32_PERFEVTSEL(i), event(EVENTS.get(i)).encoding() | EventSelectV3.USR_MASK | EventSelectV3.OS_MASK | EventSelectV3.EN_MASK);
            pmu.name(i, EVENTS.get(i));
        }
        long control = 0;
        for (int i = 0; i < FIXED_EVENTS.size(); i++) {
            pmu.name(FIXED + i, FIXED_EVENTS.get(i));
            control = FixedControlV3.fixed__usr(FixedControlV3.fixed__os(control, i, true), i, true);
        }
        pmu.wrmsr(Msr.IA32_FIXED_CTR_CTRL, control);
        pmu.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, 0x7_0000_000FL);
        work.forEach(this::runThrough);
        pmu.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, 0);
        for (int i = 0; i < EVENTS.size(); i++) {
            pmu.rdpmc(i);
        }
        for (int i = 0; i < FIXED_EVENTS.size(); i++) {
            pmu.rdpmc(FIXED + i);
        }
    }

    private void runThrough(Step step) {
        lines.add(String.format(Locale.ROOT, "  … %,d cycles in ring %d", step.cycles(), step.ring()));
        for (long cycle = 0; cycle < step.cycles();) {
            cycle = hardware.run(step, cycle);
            if (hardware.takePmi()) {
                lines.add(String.format(Locale.ROOT, "  PMI before cycle %,d", cycle));
                handlePmi();
            }
        }
    }

    /* ------------------------------------------------------------- sampling */

    private void sample() {
        lines.add("");
        lines.add(String.format(Locale.ROOT, "The same work, a sample every %,d instructions; a PMI freezes the counters", PERIOD));
        hardware.lvtpc(PmuHardware.LVTPC_NMI);
        pmu.wrmsr(Msr.IA32_DEBUGCTL, DebugControl.FREEZE_PERFMON_ON_PMI_MASK);
        pmu.wrmsr(Msr.IA32_PERFEVTSEL(0), EventSelectV3.int$(event("INST_RETIRED.ANY_P").encoding() | EventSelectV3.USR_MASK | EventSelectV3.OS_MASK
                | EventSelectV3.EN_MASK, true));
        pmu.wrmsr(Msr.IA32_A_PMC(0), -PERIOD & COUNTER_BITS);
        pmu.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, 1);
        work.forEach(this::runThrough);
        pmu.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, 0);
        long rest = pmu.rdpmc(0) + PERIOD & COUNTER_BITS;
        lines.add(String.format(Locale.ROOT, "  %,d instructions since the last sample", rest));
    }

    /** As perf's handler does: acknowledge, reload, unmask, and enable again what the freeze disabled. */
    private void handlePmi() {
        long status = pmu.rdmsr(Msr.IA32_PERF_GLOBAL_STATUS);
        pmu.wrmsr(Msr.IA32_PERF_GLOBAL_OVF_CTRL, status);
        pmu.wrmsr(Msr.IA32_A_PMC(0), pmu.rdmsr(Msr.IA32_A_PMC(0)) - PERIOD & COUNTER_BITS);
        hardware.lvtpc(PmuHardware.LVTPC_NMI);
        pmu.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, 1);
    }
}
