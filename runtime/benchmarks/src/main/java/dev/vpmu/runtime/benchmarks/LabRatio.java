package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import vpmu.intel.BroadwellEP;

/**
 * Runs the scenario of {@link Lab} with 4 guests and with 64 in turn, in one JVM, and prints the ratio of their CPU times. JVMs of their own
 * compile it differently, by more than the ratio may be off: {@code java -Xmx256m -cp …/benchmarks.jar
 * dev.vpmu.runtime.benchmarks.LabRatio}.
 */
public final class LabRatio {

    private static final int FEW = 4;
    private static final int MANY = 64;
    private static final int ROUNDS = 8;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LabRatio() {
    }

    /** Prints a line for each design; takes about a minute. */
    public static void main(String[] arguments) {
        BroadwellEP cpu = new BroadwellEP();
        for (String name : List.of("EventOriented2018", "RegisterOriented")) {
            VpmuDesign design = cpu.design(name);
            double[] few = new double[ROUNDS];
            double[] many = new double[ROUNDS];
            double[] ratios = new double[ROUNDS];
            nanos(cpu, design, 2 * MANY);
            for (int round = 0; round < ROUNDS; round++) {
                // as many guests as in the one run that follows, so that both see the same of whatever else the machine does
                for (int part = 0; part < MANY / FEW; part++) {
                    few[round] += nanos(cpu, design, FEW) / (double) (MANY / FEW);
                }
                many[round] = nanos(cpu, design, MANY);
                ratios[round] = many[round] / few[round];
            }
            System.out.printf(Locale.ROOT, "%-20s %d vCPUs %8.1f ms, %d vCPUs %8.1f ms of CPU time; ratio %.2f, %.2f to %.2f; medians of %d rounds%n", name, FEW,
                    median(few) / NANOS_A_MILLISECOND, MANY, median(many) / NANOS_A_MILLISECOND, median(ratios), Arrays.stream(ratios).min().orElseThrow(),
                    Arrays.stream(ratios).max().orElseThrow(), ROUNDS);
        }
    }

    private static long nanos(BroadwellEP cpu, VpmuDesign design, int vcpus) {
        long begun = THREADS.getCurrentThreadCpuTime();
        Lab.guests(vcpus).run(cpu, design);
        return THREADS.getCurrentThreadCpuTime() - begun;
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
    }
}
