package dev.vpmu.runtime.cpu;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The generated CPUs on the class path. */
public final class Cpus {

    private Cpus() {
    }

    /** Every CPU, in the order of the class path and of their files. */
    public static List<Cpu> all() {
        return ServiceLoader.load(Cpu.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    /** The CPU that a machine is, by what CPUID leaf 1 says of it. */
    public static Optional<Cpu> find(String vendor, int family, int model, int stepping) {
        return all().stream().filter(cpu -> cpu.isSignature(vendor, family, model, stepping)).findFirst();
    }
}
