package dev.vpmu.cli;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.Cpus;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.ScenarioRunner;
import dev.vpmu.runtime.lab.report.HtmlReport;
import dev.vpmu.runtime.lab.report.ScenarioTable;
import dev.vpmu.runtime.lab.report.Summary;
import dev.vpmu.runtime.lab.scenario.RegisterUpdate;
import dev.vpmu.runtime.lab.scenario.Scenarios;
import dev.vpmu.runtime.lab.scenario.UpdateScenario;
import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pmu lab}: runs scenarios on a CPU under its policies and prices what they take. */
@Command(name = "lab", mixinStandardHelpOptions = true, sortOptions = false, usageHelpWidth = 120,
        description = "What guests that use their PMU cost, and what they are told, on a CPU under its policies. Nothing is measured: steps that a machine takes, times prices.",
        footer = {"", "Examples:", "  pmu lab --sample cycles --hertz 4000 --guests 4 --sharing", "  pmu lab --models my/pmu --cpu Widget --costs XeonE5_2699v4 --scenario control-write,perf-record-1khz",
                "  pmu lab --sample branches --host '2 pinned cache misses' --policy RegisterOriented --causes --traffic"})
final class LabCommand implements Callable<Integer> {

    private static final String USUAL_CPU = "BroadwellEP";
    private static final long USUAL_MEGAHERTZ = 2_200;
    private static final long HERTZ_A_MEGAHERTZ = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-m", "--models"}, paramLabel = "DIR", description = "A folder of .pmu files of your own: CPUs, policies, costs.")
    private List<Path> models = new ArrayList<>();

    @Option(names = {"-c", "--cpu"}, paramLabel = "NAME", description = "The CPU; if nothing is said, the first of your own models, or BroadwellEP.")
    private String cpuName;

    @Option(names = {"-p", "--policy"}, split = ",", paramLabel = "NAME", description = "A policy that the CPU lists; all of them if nothing is said.")
    private List<String> policies = new ArrayList<>();

    @Option(names = "--costs", split = ",", paramLabel = "NAME", description = "A list of prices; all for this CPU if nothing is said.")
    private List<String> costs = new ArrayList<>();

    @Mixin
    private ScenarioOptions scenarios = new ScenarioOptions();

    @Option(names = "--causes", description = "Print time by cause, too: each step, how often, and what that costs.")
    private boolean causes;

    @Option(names = "--traffic", description = "Print MSR traffic by path, too.")
    private boolean traffic;

    @Option(names = "--list", paramLabel = "UPDATE", description = "Print one update of a register as a numbered list with prices, too: control-write, control-write-fixed, counter-write or global-toggle.")
    private String listed;

    @Option(names = "--report", paramLabel = "DIR", description = "Write index.html, summary.json and timeline.json, too.")
    private Path report;

    @Option(names = "--known", description = "Print what there is: CPUs, their policies and prices, scenarios.")
    private boolean known;

    @Override
    public Integer call() throws IOException {
        if (models.isEmpty()) {
            answer(List.of());
        } else {
            try (OwnModels own = OwnModels.of(models, spec.commandLine().getErr())) {
                answer(own.cpus());
            }
        }
        return 0;
    }

    private void answer(List<String> own) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (known) {
            known(out);
        } else {
            ask(cpu(cpuName != null ? cpuName : own.isEmpty() ? USUAL_CPU : own.get(0)), out);
        }
        out.flush();
    }

    private static void known(PrintWriter out) {
        for (Cpu cpu : Cpus.all()) {
            out.println(cpu.name() + ": policies " + cpu.designs() + ", costs " + CostTable.of(cpu.name()).stream().map(CostTable::name).toList());
        }
        out.println("scenarios, each also with " + Scenarios.WATCHDOG + ": " + String.join(", ", Scenarios.shipped(1).stream().filter(scenario -> !scenario.watchdog()).map(Scenario::name).toList()));
    }

    private static Cpu cpu(String name) {
        return Cpus.all().stream().filter(cpu -> cpu.name().equals(name) || cpu.getClass().getName().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no CPU is called '" + name + "'; there are " + Cpus.all().stream().map(Cpu::name).toList()));
    }

    private void ask(Cpu cpu, PrintWriter out) throws IOException {
        List<VpmuDesign> designs = policies.isEmpty() ? cpu.designs() : policies.stream().map(cpu::design).toList();
        if (designs.isEmpty()) {
            throw new IllegalArgumentException(cpu.name() + " lists no policies; write 'policies' and their names in its cpu");
        }
        List<CostTable> tables = tables(cpu);
        long megahertz = tables.stream().mapToLong(CostTable::hertz).filter(hertz -> hertz > 0).map(hertz -> hertz / HERTZ_A_MEGAHERTZ).findFirst().orElse(USUAL_MEGAHERTZ);
        List<Scenario> asked = scenarios.scenarios(megahertz);
        Optional<RegisterUpdate> update = Optional.ofNullable(listed).map(RegisterUpdate::named);
        out.println("modelled, not measured: steps that a machine of " + cpu.name() + " takes, times prices that are data");
        tables.stream().filter(CostTable::isFitted).forEach(table -> out.println(table.name() + ": FITTED to published figures, and proves nothing about them"));
        designs.stream().filter(VpmuDesign::isHypothetical).forEach(design -> out.println(design + ": hypothetical, " + cpu.name() + " does not have what it requires"));
        designs.forEach(design -> design.allowances().forEach(allowance -> out.println(design + " is not safe: " + allowance.rule() + " is let through, " + allowance.reason())));
        out.println();
        out.flush();
        PrintStream progress = new PrintStream(System.err, true);
        List<Result> results = ScenarioRunner.run(cpu, asked, designs, Runtime.getRuntime().availableProcessors(), progress);
        ScenarioTable.lines(results, tables).forEach(out::println);
        ResultPrinter printer = new ResultPrinter(out);
        if (causes) {
            results.forEach(result -> printer.causes(result, tables));
        }
        if (traffic) {
            results.forEach(printer::traffic);
        }
        update.ifPresent(made -> designs.forEach(design -> {
            out.println();
            new UpdateScenario(made, false).list(cpu, design, tables.get(0)).forEach(out::println);
        }));
        if (report != null) {
            write(cpu, designs, tables, results);
            out.println();
            out.println("written: " + report.resolve("index.html"));
        }
    }

    private List<CostTable> tables(Cpu cpu) {
        List<CostTable> all = CostTable.all();
        List<CostTable> tables = costs.isEmpty() ? CostTable.of(cpu.name()) : costs.stream().map(name -> all.stream().filter(table -> table.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no costs are called '" + name + "'; there are " + all.stream().map(CostTable::name).toList()))).toList();
        if (tables.isEmpty()) {
            throw new IllegalArgumentException(cpu.name() + " has no costs; write 'costs … for " + cpu.name() + "', or take others' by --costs: " + all.stream().map(CostTable::name).toList());
        }
        return tables;
    }

    private void write(Cpu cpu, List<VpmuDesign> designs, List<CostTable> tables, List<Result> results) throws IOException {
        Summary summary = new Summary(cpu, tables);
        HtmlReport page = new HtmlReport(cpu, tables);
        for (Result result : results) {
            summary.add(result);
            page.add(result);
        }
        designs.forEach(design -> page.add(CounterOwnership.run(cpu, design)));
        summary.write(report.resolve("summary.json"));
        page.write(report);
    }
}
