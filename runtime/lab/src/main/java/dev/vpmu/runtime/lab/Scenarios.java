package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** All scenarios, run side by side: each run has a thread and machines of its own. */
public final class Scenarios {

    private static final int[] SHARING = {2, 4, 8};

    private Scenarios() {
    }

    /** The scenarios that are shipped, each without and with the NMI watchdog. */
    public static List<Scenario> shipped(double seconds) {
        List<Scenario> shipped = new ArrayList<>(SamplingScenario.shipped(seconds));
        for (boolean watchdog : new boolean[] {false, true}) {
            String with = watchdog ? "+watchdog" : "";
            shipped.add(new MultiplexScenario("multiplex" + with, seconds, watchdog));
            for (int vcpus : SHARING) {
                shipped.add(new SharedScenario("share-" + vcpus + with, vcpus, seconds, watchdog));
            }
            shipped.add(new CompetingScenario("host-competes" + with, seconds, watchdog));
        }
        return List.copyOf(shipped);
    }

    /**
     * Runs scenarios under designs.
     *
     * @param threads how many runs there are at a time
     * @param progress where each run is told of when it is done, in the order in which they are
     * @return results in the order of the scenarios, and for each in the order of the designs
     */
    public static List<Scenario.Result> run(Cpu cpu, List<? extends Scenario> scenarios, List<VpmuDesign> designs, int threads, PrintStream progress) {
        AtomicInteger done = new AtomicInteger();
        int all = scenarios.size() * designs.size();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Scenario.Result>> running = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                for (VpmuDesign design : designs) {
                    running.add(workers.submit(() -> {
                        Scenario.Result result = scenario.run(cpu, design);
                        synchronized (progress) {
                            progress.printf(Locale.ROOT, "  %s under %s: %d of %d%n", scenario.name(), design, done.incrementAndGet(), all);
                        }
                        return result;
                    }));
                }
            }
            List<Scenario.Result> results = new ArrayList<>();
            for (Future<Scenario.Result> run : running) {
                results.add(run.get());
            }
            return List.copyOf(results);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a scenario failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scenarios ran", e);
        } finally {
            workers.shutdownNow();
        }
    }
}
