package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.benchmarks.Ratios.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures the generated register-oriented virtual PMU, the same by hand, and the event-oriented one, as {@link Ratios} does hardware:
 * {@code java -cp runtime/benchmarks/target/benchmarks.jar dev.vpmu.runtime.benchmarks.VpmuRatios [ROUNDS [NAME …]]}.
 */
public final class VpmuRatios {

    private static final List<String> NAMES = List.of("nothing", "pmiHandler", "pmiHandlerInExits", "counterSetUp", "counterSetUpInExits",
            "counterReturnedAndTaken", "outAndIn", "outAndInWithPerf");

    private VpmuRatios() {
    }

    /** Runs so many rounds, 4 if nothing is said, of benchmarks with these names, all if none is given. */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
        List<String> names = arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : NAMES;
        System.out.printf(Locale.ROOT, "%-26s%18s%18s%16s%10s%12s%9s%9s%9s%n", "", "generated ns", "by hand ns", "ratio", "of best", "events ns",
                "gen. B", "hand B", "events B");
        for (String name : names) {
            compare(name, rounds);
        }
    }

    private static void compare(String name, int rounds) throws RunnerException {
        List<Measured> generated = new ArrayList<>();
        List<Measured> written = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                generated.add(Ratios.measure(GeneratedVpmu.class, name));
                written.add(Ratios.measure(WrittenVpmu.class, name));
            } else {
                written.add(Ratios.measure(WrittenVpmu.class, name));
                generated.add(Ratios.measure(GeneratedVpmu.class, name));
            }
        }
        List<Measured> events = List.of(Ratios.measure(EventVpmu.class, name));
        System.out.printf(Locale.ROOT, "%-26s%18s%18s%16s%10.2f%12.1f%9.3f%9.3f%9.3f%n", name, Ratios.withError(Ratios.all(generated, Measured::cpu)),
                Ratios.withError(Ratios.all(written, Measured::cpu)), Ratios.withError(Ratios.ratios(generated, written, Measured::cpu)),
                Ratios.best(generated) / Ratios.best(written), Ratios.best(events), most(generated), most(written), most(events));
    }

    private static double most(List<Measured> runs) {
        return Arrays.stream(Ratios.all(runs, Measured::bytes)).max().orElseThrow();
    }
}
