package dev.vpmu.examples.e5v4;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.ScenarioRunner;
import dev.vpmu.runtime.lab.report.HtmlReport;
import dev.vpmu.runtime.lab.report.PublishedFigures;
import dev.vpmu.runtime.lab.report.ScenarioTable;
import dev.vpmu.runtime.lab.report.Summary;
import dev.vpmu.runtime.lab.report.UpdateTable;
import dev.vpmu.runtime.lab.scenario.RegisterUpdate;
import dev.vpmu.runtime.lab.scenario.Scenarios;
import dev.vpmu.runtime.lab.scenario.UpdateScenario;
import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The published measurement, re-run: one update of a control register, and guests that profile, under the traditional and the optimized
 * virtual PMU. A machine of the generated CPU takes the steps; what they cost is data.
 */
public final class PublishedMeasurement {

    private static final double SECONDS = 0.1;

    private final Cpu cpu;
    private final PrintStream progress;
    private final List<CostTable> tables;
    private final VpmuDesign traditional;
    private final VpmuDesign optimized;
    private final List<String> lines = new ArrayList<>();

    private PublishedMeasurement(Cpu cpu, PrintStream progress) {
        this.cpu = cpu;
        this.progress = progress;
        this.tables = CostTable.of(cpu.name());
        this.traditional = cpu.design("EventOriented2018");
        this.optimized = cpu.design("RegisterOriented");
    }

    /** Runs it, writes {@code summary.json} and the report into a folder, and returns the table. */
    public static List<String> run(Cpu cpu, Path report) throws IOException {
        return run(cpu, report, new PrintStream(OutputStream.nullOutputStream()));
    }

    /** The same; tells {@code progress} how far it is. */
    public static List<String> run(Cpu cpu, Path report, PrintStream progress) throws IOException {
        PublishedMeasurement measurement = new PublishedMeasurement(cpu, progress);
        measurement.measure(report);
        return List.copyOf(measurement.lines);
    }

    private CostTable table(boolean fitted) {
        return tables.stream().filter(table -> table.isFitted() == fitted).findFirst()
                .orElseThrow(() -> new IllegalStateException(cpu.name() + " has no " + (fitted ? "fitted" : "stepwise") + " costs"));
    }

    private void measure(Path report) throws IOException {
        CostTable fitted = table(true);
        CostTable stepwise = table(false);
        lines.add("modelled, not measured: steps that a machine of " + cpu.name() + " takes, times prices that are data");
        lines.add("");
        Summary summary = new Summary(cpu, List.of(fitted, stepwise));
        HtmlReport page = new HtmlReport(cpu, List.of(stepwise, fitted));
        List<Result> results = ScenarioRunner.run(cpu, Scenarios.shipped(SECONDS), cpu.designs(), Runtime.getRuntime().availableProcessors(), progress);
        results.forEach(result -> {
            summary.add(result);
            page.add(result);
        });
        lines.addAll(ScenarioTable.lines(results, List.of(stepwise, fitted)));
        lines.add("");
        for (VpmuDesign design : List.of(traditional, optimized)) {
            lines.addAll(new UpdateScenario(RegisterUpdate.CONTROL_WRITE, false).list(cpu, design, stepwise));
            lines.add("");
        }
        UpdateTable control = new UpdateTable(cpu, RegisterUpdate.CONTROL_WRITE, traditional, optimized);
        lines.addAll(control.lines(List.of(stepwise, fitted)));
        lines.add("");
        PublishedFigures published = new PublishedFigures(cpu, traditional, optimized, List.of(stepwise, fitted));
        lines.addAll(published.lines());
        page.add("One update, step by step", control.lines(List.of(stepwise, fitted)));
        page.add(published);
        cpu.designs().forEach(design -> page.add(CounterOwnership.run(cpu, design)));
        summary.add(control);
        summary.write(report.resolve("summary.json"));
        page.write(report);
    }
}
