package dev.vpmu.examples.e5v4;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.Cpus;

/** Prints what the generated CPU of an Intel Xeon E5-2699 v4 is, and runs a guest's and a host's program on its hardware. A demonstration: nothing is measured yet. */
public final class Demonstration {

    private static final int FAMILY = 6;
    private static final int MODEL = 0x4F;
    private static final int STEPPING = 1;

    private Demonstration() {
    }

    /** Finds the CPU by the signature of an E5-2699 v4, prints its report, and runs the programs. */
    public static void main(String[] arguments) {
        Cpu cpu = Cpus.find("GenuineIntel", FAMILY, MODEL, STEPPING)
                .orElseThrow(() -> new IllegalStateException("no generated CPU has the signature of a Xeon E5-2699 v4: GenuineIntel family 6 model 0x4F"));
        System.out.println("Demonstration: the generated CPU of an Intel Xeon E5-2699 v4, as its .pmu files describe it");
        System.out.println();
        CpuReport.of(cpu).forEach(System.out::println);
        System.out.println();
        GuestProgram.run().forEach(System.out::println);
        System.out.println();
        HostProgram.run().forEach(System.out::println);
    }
}
