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

/** Runs scenarios under designs side by side: each run has a thread and machines of its own. */
public final class ScenarioRunner {

    private final Cpu cpu;
    private final List<VpmuDesign> designs;
    private final PrintStream progress;
    private final AtomicInteger done = new AtomicInteger();

    private ScenarioRunner(Cpu cpu, List<VpmuDesign> designs, PrintStream progress) {
        this.cpu = cpu;
        this.designs = designs;
        this.progress = progress;
    }

    /**
     * Runs scenarios under designs.
     *
     * @param threads how many runs there are at a time
     * @param progress where each scenario is told of when it is done under all designs, in the order in which that happens
     * @return results in the order of the scenarios, and for each in the order of the designs
     * @throws IllegalArgumentException if the CPU lacks what a scenario names
     */
    public static List<Result> run(Cpu cpu, List<? extends Scenario> scenarios, List<VpmuDesign> designs, int threads, PrintStream progress) {
        return new ScenarioRunner(cpu, designs, progress).run(scenarios, threads);
    }

    private List<Result> run(List<? extends Scenario> scenarios, int threads) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Result>> running = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                AtomicInteger left = new AtomicInteger(designs.size());
                for (VpmuDesign design : designs) {
                    running.add(workers.submit(() -> {
                        Result result = scenario.run(cpu, design);
                        if (left.decrementAndGet() == 0) {
                            tell(scenario, scenarios.size());
                        }
                        return result;
                    }));
                }
            }
            List<Result> results = new ArrayList<>();
            for (Future<Result> run : running) {
                results.add(run.get());
            }
            return List.copyOf(results);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException impossible) {
                throw impossible;
            }
            throw new IllegalStateException("a scenario failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scenarios ran", e);
        } finally {
            workers.shutdownNow();
        }
    }

    private void tell(Scenario scenario, int all) {
        synchronized (progress) {
            progress.printf(Locale.ROOT, "  %3d of %d: %s%n", done.incrementAndGet(), all, scenario.name());
        }
    }
}
