package dev.vpmu.runtime.machine;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A computer with a host operating system: CPUs of one kind, each with its PMU and the host's perf on it. With SMT on, CPUs 2i and 2i + 1 are
 * the threads of one core. Each CPU has a time of its own, which passes while it works. Whoever drives the machine says what runs where
 * and when; one machine is confined to one thread.
 */
public final class Machine {

    private static final long NANOS_TIMES_MEGAHERTZ = 1_000;

    private final Cpu cpu;
    private final boolean smt;
    private final long megahertz;
    private final PerfSystem system;
    private final List<PhysicalCpu> cpus = new ArrayList<>();
    private MachineListener listener = MachineListener.NONE;

    /**
     * A machine after power-on.
     *
     * @param cpu the kind of its CPUs
     * @param count how many there are
     * @param megahertz how fast their cores run
     * @param system the host's perf
     */
    public Machine(Cpu cpu, int count, boolean smt, long megahertz, PerfSystem system) {
        if (count < 1 || megahertz < 1 || smt && count % 2 != 0) {
            throw new IllegalArgumentException(count + " CPUs at " + megahertz + " MHz" + (smt ? " with SMT, where there are two threads a core" : ""));
        }
        this.cpu = cpu;
        this.smt = smt;
        this.megahertz = megahertz;
        this.system = system;
        for (int number = 0; number < count; number++) {
            cpus.add(new PhysicalCpu(this, number, cpu.hardware(smt)));
        }
        for (int number = 0; smt && number < count; number += 2) {
            PmuHardware.pair(cpus.get(number).hardware(), cpus.get(number + 1).hardware());
            PerfCore.pair(cpus.get(number).perf(), cpus.get(number + 1).perf());
        }
    }

    /** The kind of its CPUs. */
    public Cpu cpu() {
        return cpu;
    }

    /** Whether its cores have two threads. */
    public boolean isSmt() {
        return smt;
    }

    /** The host's perf. */
    public PerfSystem system() {
        return system;
    }

    /** Its CPUs. */
    public List<PhysicalCpu> cpus() {
        return Collections.unmodifiableList(cpus);
    }

    /** One of its CPUs. */
    public PhysicalCpu cpu(int number) {
        return cpus.get(number);
    }

    /** Who hears of everything; one at a time. */
    public void listen(MachineListener next) {
        listener = next;
    }

    MachineListener listener() {
        return listener;
    }

    long nanos(long cycles) {
        return cycles * NANOS_TIMES_MEGAHERTZ / megahertz;
    }
}
