package dev.vpmu.examples.e5v4;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfObserver;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vpmu.intel.BroadwellEP;
import vpmu.intel.BroadwellEP.Msr;

/**
 * What patches 1 and 2 of the series do, on the generated host perf of an E5-2699 v4: a guest takes two counters, host events go on
 * elsewhere with their counts, and the guest's overflow reaches its callback.
 */
public final class HostProgram {

    private static final long GP_0_AND_FIXED_1 = 1L | 1L << 33;
    private static final long CYCLES = 1_000_000;

    private final Cpu cpu = new BroadwellEP();
    private final PmuHardware hardware = cpu.hardware(true);
    private final PerfCore perf = cpu.perf(new PerfSystem(), hardware, hardware, () -> 0, true);
    private final List<PerfEvent> events = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Step work = Step.of(CYCLES).uniform(occurring("LONGEST_LAT_CACHE.MISS"), 2_000).uniform(occurring("INST_RETIRED.ANY_P"), 1_500_000).build();

    private HostProgram() {
    }

    /** Runs the program; what it did and saw. */
    public static List<String> run() {
        HostProgram program = new HostProgram();
        program.lines.add("The host's perf on it:");
        program.perf.observe(program.new Lines());
        program.open();
        program.work();
        program.giveCounters();
        program.guestOverflows();
        return List.copyOf(program.lines);
    }

    private long occurring(String name) {
        return cpu.eventOf(cpu.events().find(name).orElseThrow());
    }

    private void open() {
        events.add(perf.watchdog(true));
        EventAttributes misses = cpu.attributes(cpu.events().find("LONGEST_LAT_CACHE.MISS").orElseThrow()).build();
        events.add(perf.open(perf.cpuContext(), misses, OverflowHandler.NONE));
    }

    private void work() {
        for (long at = 0; at < work.cycles();) {
            at = hardware.run(work, at);
            if (hardware.takePmi()) {
                lines.add("  PMI: " + perf.nmi() + " overflow handled");
            }
        }
        events.forEach(event -> lines.add(String.format(Locale.ROOT, "  %,12d  %s", event.read(), event.name())));
    }

    private void giveCounters() {
        lines.add("A guest takes gp[0] and fixed[1]:");
        perf.mask("guest", GP_0_AND_FIXED_1);
        perf.register(counters -> lines.add(String.format(Locale.ROOT, "  the guest's callback is told of counters 0x%X", counters)));
        work();
    }

    /** The guest lets counter 0 overflow; here its writes go straight to the hardware, as the series has it. */
    private void guestOverflows() {
        hardware.wrmsr(Msr.IA32_A_PMC(0), -100 & 0xFFFF_FFFF_FFFFL);
        hardware.wrmsr(Msr.IA32_PERFEVTSEL(0), 0x5300C0);
        hardware.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, hardware.rdmsr(Msr.IA32_PERF_GLOBAL_CTRL) | 1);
        work();
    }

    /** Tells where events are. */
    private final class Lines implements PerfObserver {

        @Override
        public void scheduled(PerfEvent event, int counter) {
            lines.add("  " + event.name() + " is on counter " + counter);
        }

        @Override
        public void moved(PerfEvent event, int from, int to) {
            lines.add("  " + event.name() + " moves from counter " + from + " to " + to + ", with its count");
        }
    }
}
