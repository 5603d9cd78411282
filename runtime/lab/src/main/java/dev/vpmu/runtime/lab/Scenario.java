package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.vpmu.VpmuDesign;

/** Something that guests do on machines. Implementations are immutable; each run has machines of its own, so runs may be parallel. */
public interface Scenario {

    /** Its name; it ends with {@code +watchdog} if the hosts' NMI watchdogs are on. */
    String name();

    /** Whether the hosts' NMI watchdogs are on. */
    boolean watchdog();

    /** Samples a second of guest time, of scenarios that differ in nothing else; 0 of others. */
    default long hertz() {
        return 0;
    }

    /** Whether the host counts for itself on the guests' CPU, beside the watchdog. */
    default boolean hostCompetes() {
        return false;
    }

    /** Whether it is a single update of a register; otherwise guests run perf for a while. */
    default boolean isUpdate() {
        return false;
    }

    /**
     * Runs it under a design.
     *
     * @throws IllegalArgumentException if the CPU lacks what the scenario names, an event or a kind of counter
     */
    Result run(Cpu cpu, VpmuDesign design);
}
