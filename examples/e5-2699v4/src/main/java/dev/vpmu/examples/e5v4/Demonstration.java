package dev.vpmu.examples.e5v4;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.Cpus;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Prints what the generated CPU of an Intel Xeon E5-2699 v4 is, runs a guest's and a host's program on its hardware, and ends with the
 * published measurement, modelled.
 */
public final class Demonstration {

    private static final int FAMILY = 6;
    private static final int MODEL = 0x4F;
    private static final int STEPPING = 1;

    private Demonstration() {
    }

    /**
     * Finds the CPU by the signature of an E5-2699 v4, prints its report, and runs the programs.
     *
     * @param arguments the folder for the report
     */
    public static void main(String[] arguments) throws IOException {
        Cpu cpu = Cpus.find("GenuineIntel", FAMILY, MODEL, STEPPING)
                .orElseThrow(() -> new IllegalStateException("no generated CPU has the signature of a Xeon E5-2699 v4: GenuineIntel family 6 model 0x4F"));
        System.out.println("Demonstration: the generated CPU of an Intel Xeon E5-2699 v4, as its .pmu files describe it");
        System.out.println();
        CpuReport.of(cpu).forEach(System.out::println);
        System.out.println();
        GuestProgram.run().forEach(System.out::println);
        System.out.println();
        HostProgram.run().forEach(System.out::println);
        System.out.println();
        PublishedMeasurement.run(cpu, Path.of(arguments.length > 0 ? arguments[0] : "report"), System.out).forEach(System.out::println);
    }
}
