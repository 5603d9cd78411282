package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.RegisterElement;
import dev.vpmu.runtime.vpmu.OwningPmu;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A virtual PMU that is compared with the hardware of its CPU.
 *
 * @param name what to call it
 * @param cpu the CPU, of hosts and of guests
 * @param smt whether SMT is on
 * @param masksLvt whether delivering a PMI masks the virtual LVTPC
 * @param pmu makes the PMU of a vCPU
 * @param owned the counters that a guest owns
 */
public record Subject(String name, Cpu cpu, boolean smt, boolean masksLvt, Function<VcpuPort, VirtualPmu> pmu, ToLongFunction<VirtualPmu> owned) {

    /** A generated one. */
    public static Subject of(Cpu cpu, boolean smt, VpmuDesign design) {
        return new Subject(cpu.name() + " " + design + (smt ? " with SMT" : " without SMT"), cpu, smt, design.masksLvt(), port -> design.pmu(port, smt),
                pmu -> ((OwningPmu) pmu).owned());
    }

    /** The CPU's registers. */
    List<RegisterElement> registers() {
        return cpu.registers().stream().filter(element -> !smt || !element.withoutSmtOnly()).toList();
    }

    /** Whether counters can write precise records. */
    boolean hasPrecise() {
        return cpu.registers().stream().anyMatch(register -> register.address() == Msr.PEBS_ENABLE);
    }

    /** How many counters with selectors there are. */
    int general() {
        return cpu.banks().get(0).count(smt);
    }

    /** Its counters, a global mask. */
    long counters() {
        long counters = 0;
        for (var bank : cpu.banks()) {
            if (bank.firstIndex() >= 0) {
                counters |= (smt ? bank.withSmt() : bank.withoutSmt()) << bank.firstIndex();
            }
        }
        return counters;
    }

    @Override
    public String toString() {
        return name;
    }
}
