package dev.vpmu.runtime.cpu;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.registers.PmuRegisters;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a generated CPU says of itself. One class for each {@code cpu} of a {@code .pmu} file implements it; {@link Cpus} finds
 * them by CPUID signature.
 *
 * <p>Implementations are immutable and may be shared between threads.
 */
public interface Cpu {

    /** Its name, as the file spells it. */
    String name();

    /** The version of architectural performance monitoring; 0 if it has none. */
    int architecturalVersion();

    /**
     * Whether a machine is this CPU.
     *
     * @param vendor CPUID's vendor string, {@code GenuineIntel}
     * @param family the displayed family
     * @param model the displayed model
     * @param stepping the stepping
     */
    boolean isSignature(String vendor, int family, int model, int stepping);

    /**
     * What CPUID answers, as far as the PMU fills it; zeros for leaves that it does not.
     *
     * @param leaf EAX before
     * @param subleaf ECX before
     * @param smt whether SMT is on
     */
    CpuidWords cpuid(int leaf, int subleaf, boolean smt);

    /** Its counters and records, by first global index. */
    List<CounterBank> banks();

    /** Its registers, every element of an array by itself, by address. */
    List<RegisterElement> registers();

    /** Its events. */
    EventTable events();

    /**
     * The PMU of one logical CPU as hardware, after reset.
     *
     * @param smt whether SMT is on
     */
    PmuHardware hardware(boolean smt);

    /**
     * The name by which {@linkplain dev.vpmu.runtime.hardware.Step steps} of work know an event of this CPU.
     *
     * @throws IllegalArgumentException if it is a metric, which is no event of its own
     */
    long eventOf(PmuEvent event);

    /**
     * perf of one logical CPU: of a host on its hardware, or of a guest on what its hypervisor shows.
     *
     * @param system the operating system that it belongs to
     * @param registers the PMU, as after reset
     * @param lvt where its interrupt goes through
     * @param nanos the time, in nanoseconds
     * @param smt whether SMT is on
     */
    PerfCore perf(PerfSystem system, PmuRegisters registers, LvtEntry lvt, LongSupplier nanos, boolean smt);

    /**
     * What asks perf for an event of this CPU, to be completed. The event of a fixed counter is asked for by a selector's bits where the
     * CPU's constraints let them stand for it, so that other counters can take it too; with modifiers, or where there are no such bits, the
     * counter alone can.
     *
     * @throws IllegalArgumentException if it is a metric, which no counter counts
     */
    EventAttributes.Builder attributes(PmuEvent event);

    /** The ways to give guests a virtual PMU of it, as its policies declare them. */
    List<VpmuDesign> designs();

    /**
     * One of them.
     *
     * @param name the policy's name
     * @throws IllegalArgumentException if there is none of that name
     */
    default VpmuDesign design(String name) {
        return designs().stream().filter(design -> design.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name() + " has no policy '" + name + "', only " + designs()));
    }
}
