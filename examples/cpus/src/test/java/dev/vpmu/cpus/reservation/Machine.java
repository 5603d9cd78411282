package dev.vpmu.cpus.reservation;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.AsPosted;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.PinnedChoice;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vpmu.intel.BroadwellEP;
import vpmu.intel.BroadwellEP.Msr;

/**
 * A logical CPU of a Broadwell-EP with SMT on, the perf that runs on it, and a guest whose counters are programmed straight into the
 * hardware, as a vPMU does once perf has given them up.
 */
final class Machine {

    static final Cpu CPU = new BroadwellEP();
    static final boolean SMT = true;
    static final long GENERAL = 0xF;
    static final long ALL = 0x7_0000_000FL;
    static final int FIXED = 32;
    /** Who reserves. */
    static final Object GUEST = "a guest";
    /** A guest's selector: enabled, in all rings, with an interrupt. */
    static final long ENABLED = 0x53_0000;

    private static final long WIDTH = -1L >>> 16;

    final PmuHardware hardware = CPU.hardware(SMT);
    final PerfSystem system;
    final PerfCore perf;
    final Reports reports = new Reports();
    /** What perf has written to the global control. */
    final List<Long> controls = new ArrayList<>();
    /** What {@link PerfCore#nmi()} said of each PMI. */
    final List<Integer> handled = new ArrayList<>();
    private long nanos;

    Machine(PerfSystem system) {
        this.system = system;
        perf = CPU.perf(system, new Watched(), hardware, () -> nanos, SMT);
        perf.observe(reports);
    }

    static Machine asIntended() {
        return new Machine(new PerfSystem());
    }

    static Machine that(PinnedChoice choice) {
        return new Machine(new PerfSystem(choice, Set.of()));
    }

    static Machine asPosted(AsPosted... mistakes) {
        return new Machine(new PerfSystem(PinnedChoice.EVICT_TO_ERROR, Set.of(mistakes)));
    }

    /* ------------------------------------------------------------- the host */

    PerfEvent open(EventAttributes.Builder attributes) {
        return perf.open(perf.cpuContext(), attributes.build(), OverflowHandler.NONE);
    }

    PerfEvent open(Work work) {
        return open(work.attributes());
    }

    /** The host does a piece of work. */
    void work() {
        work(Work.IN_KERNEL);
    }

    void work(Step step) {
        long at = 0;
        do {
            long from = at;
            at = hardware.run(step, from);
            nanos += at - from;
            takePmi();
        } while (at < step.cycles());
    }

    void takePmi() {
        if (hardware.takePmi()) {
            handled.add(perf.nmi());
        }
    }

    /* ------------------------------------------------------------- the guest */

    /** The guest programs a counter. */
    void program(int counter, Work work, long value) {
        set(counter, value);
        if (counter < FIXED) {
            hardware.wrmsr(Msr.IA32_PERFEVTSEL(counter), work.selector | ENABLED);
        } else {
            control(counter, 0xB);
        }
    }

    /** The guest gives a counter back, and leaves nothing behind. */
    void clear(int counter) {
        if (counter < FIXED) {
            hardware.wrmsr(Msr.IA32_PERFEVTSEL(counter), 0);
        } else {
            control(counter, 0);
        }
        set(counter, 0);
    }

    private void control(int counter, long part) {
        int shift = 4 * (counter - FIXED);
        hardware.wrmsr(Msr.IA32_FIXED_CTR_CTRL, hardware.rdmsr(Msr.IA32_FIXED_CTR_CTRL) & ~(0xFL << shift) | part << shift);
    }

    private void set(int counter, long value) {
        hardware.wrmsr(counter < FIXED ? Msr.IA32_A_PMC(counter) : Msr.IA32_FIXED_CTR(counter - FIXED), value & WIDTH);
    }

    long value(int counter) {
        return hardware.rdmsr(counter < FIXED ? Msr.IA32_PMC(counter) : Msr.IA32_FIXED_CTR(counter - FIXED));
    }

    /** The guest does a piece of work with {@code enabled} in the global control; a PMI takes it out to the host. */
    void guestWork(long enabled) {
        long at = 0;
        do {
            long host = control();
            hardware.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, enabled);
            long from = at;
            at = hardware.run(Work.IN_USER_MODE, from);
            nanos += at - from;
            hardware.wrmsr(Msr.IA32_PERF_GLOBAL_CTRL, host);
            takePmi();
        } while (at < Work.CYCLES_OF_WORK);
    }

    /* ------------------------------------------------------------- what can be seen */

    long control() {
        return hardware.rdmsr(Msr.IA32_PERF_GLOBAL_CTRL);
    }

    long status() {
        return hardware.rdmsr(Msr.IA32_PERF_GLOBAL_STATUS);
    }

    long selector(int counter) {
        return hardware.rdmsr(Msr.IA32_PERFEVTSEL(counter));
    }

    /** Every register there is. */
    Map<String, Long> registers() {
        Map<String, Long> registers = new TreeMap<>();
        CPU.registers().stream().filter(register -> !register.withoutSmtOnly())
                .forEach(register -> registers.put(register.name(), hardware.rdmsr((int) register.address())));
        return registers;
    }

    /** The hardware, with a note of what is written to the global control. */
    private final class Watched implements PmuRegisters {

        @Override
        public long rdmsr(int address) {
            return hardware.rdmsr(address);
        }

        @Override
        public void wrmsr(int address, long value) {
            hardware.wrmsr(address, value);
            if (address == Msr.IA32_PERF_GLOBAL_CTRL) {
                controls.add(value);
            }
        }

        @Override
        public long rdpmc(int ecx) {
            return hardware.rdpmc(ecx);
        }
    }
}
