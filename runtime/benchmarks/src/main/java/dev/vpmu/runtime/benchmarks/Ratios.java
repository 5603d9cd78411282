package dev.vpmu.runtime.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * Measures generated hardware and the same by hand in turn, and prints the ratio of their times:
 * {@code java -jar runtime/benchmarks/target/benchmarks.jar [ROUNDS [NAME …]]}.
 *
 * <p>A round runs both, each in a JVM of its own, one right after the other and in the next round the other way round; a round's ratio
 * is that of its quickest iterations, of CPU time: what else the machine does only ever makes an iteration longer. The error is that of
 * the mean ratio of all rounds, at 99 %. Where the machine has other things to do the ratio of the quickest iterations of all rounds says
 * more; it is there as well.
 */
public final class Ratios {

    private static final List<String> NAMES = List.of("step", "stepWithInterrupts", "stepAfterWrite", "billionCycles", "pmi", "nothing",
            "rdmsrCounter", "rdmsrSelector", "rdmsrGlobalStatus", "rdmsrLastBranch", "rdmsrInTurn", "wrmsrSelector", "wrmsrCounter",
            "wrmsrGlobalCtrl", "wrmsrOverflowCtrl", "rdpmcCounter", "rdpmcFixed");
    private static final double CONFIDENCE = 0.99;

    private Ratios() {
    }

    /** Runs so many rounds, 6 if nothing is said, of benchmarks with these names, all if none is given. */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
        List<String> names = arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : NAMES;
        System.out.printf(Locale.ROOT, "%-20s%-8s%18s%18s%16s%16s%10s%9s%9s%n", "", "", "generated ns", "by hand ns", "ratio", "of wall time",
                "of best", "gen. B", "hand B");
        for (String name : names) {
            compare(name, "alone", GeneratedAlone.class, WrittenAlone.class, rounds);
            compare(name, "among", GeneratedAmongOthers.class, WrittenAmongOthers.class, rounds);
        }
    }

    private static void compare(String name, String where, Class<?> generated, Class<?> written, int rounds) throws RunnerException {
        List<Measured> ofGenerated = new ArrayList<>();
        List<Measured> ofWritten = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                ofGenerated.add(measure(generated, name));
                ofWritten.add(measure(written, name));
            } else {
                ofWritten.add(measure(written, name));
                ofGenerated.add(measure(generated, name));
            }
        }
        System.out.printf(Locale.ROOT, "%-20s%-8s%18s%18s%16s%16s%10.2f%9.3f%9.3f%n", name, where, withError(all(ofGenerated, Measured::cpu)),
                withError(all(ofWritten, Measured::cpu)), withError(ratios(ofGenerated, ofWritten, Measured::cpu)),
                withError(ratios(ofGenerated, ofWritten, Measured::wall)), best(ofGenerated) / best(ofWritten),
                Arrays.stream(all(ofGenerated, Measured::bytes)).max().orElseThrow(), Arrays.stream(all(ofWritten, Measured::bytes)).max().orElseThrow());
    }

    static double[] all(List<Measured> runs, ToDoubleFunction<Measured> what) {
        return runs.stream().mapToDouble(what).toArray();
    }

    static double best(List<Measured> runs) {
        return Arrays.stream(all(runs, Measured::cpu)).min().orElseThrow();
    }

    static double[] ratios(List<Measured> generated, List<Measured> written, ToDoubleFunction<Measured> what) {
        return IntStream.range(0, generated.size())
                .mapToDouble(round -> what.applyAsDouble(generated.get(round)) / what.applyAsDouble(written.get(round))).toArray();
    }

    static String withError(double[] values) {
        Statistics statistics = new ListStatistics(values);
        return String.format(Locale.ROOT, "%.2f ± %.2f", statistics.getMean(), values.length > 1 ? statistics.getMeanErrorAt(CONFIDENCE) : Double.NaN);
    }

    static Measured measure(Class<?> benchmarks, String name) throws RunnerException {
        RunResult run = new Runner(new OptionsBuilder().include("^" + benchmarks.getName().replace(".", "\\.") + "\\." + name + "$").forks(1)
                .addProfiler(CpuTime.class).addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).build()).runSingle();
        List<Double> cpu = new ArrayList<>();
        run.getBenchmarkResults().forEach(fork -> fork.getIterationResults()
                .forEach(iteration -> cpu.add(secondary(iteration.getSecondaryResults(), CpuTime.NANOS))));
        return new Measured(new ListStatistics(cpu.stream().mapToDouble(Double::doubleValue).toArray()).getMin(),
                run.getPrimaryResult().getStatistics().getMin(), secondary(run.getSecondaryResults(), "gc.alloc.rate.norm"));
    }

    @SuppressWarnings("rawtypes") // as JMH hands them out
    private static double secondary(Map<String, Result> results, String name) {
        return results.entrySet().stream().filter(result -> result.getKey().endsWith(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException(results.keySet() + " without " + name)).getValue().getScore();
    }

    /** One run: nanoseconds of CPU and wall time, and bytes, an operation. */
    record Measured(double cpu, double wall, double bytes) {
    }
}
