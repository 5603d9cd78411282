package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Published figures that no price was fitted to, beside what the machine gives, good or bad. (domain.md §13.1.) */
public final class PublishedFigures {

    private static final long HERTZ = 1_000;
    private static final long MEGAHERTZ = 2_200;
    private static final double NANOS_A_SECOND = 1e9;

    private final List<String> lines = new ArrayList<>();

    private PublishedFigures() {
    }

    /** A line for each figure. */
    public static List<String> lines(Cpu cpu, VpmuDesign traditional, VpmuDesign optimized, List<CostTable> tables) {
        PublishedFigures figures = new PublishedFigures();
        figures.compare(cpu, traditional, optimized, tables);
        return List.copyOf(figures.lines);
    }

    private void compare(Cpu cpu, VpmuDesign traditional, VpmuDesign optimized, List<CostTable> tables) {
        SamplingScenario sampling = new SamplingScenario("perf-record-1khz", HERTZ, 1, 1, false);
        Scenario.Result before = sampling.run(cpu, traditional);
        Scenario.Result after = sampling.run(cpu, optimized);
        Steps rdpmc = rdpmc(cpu, optimized);
        add("published figures that nothing was fitted to");
        add("  %-46s %14s %s", "", "published", String.join(" ", tables.stream().map(table -> String.format(Locale.ROOT, "%20s", table.name())).toList()));
        add("  %-46s %14s %s", "", "", String.join(" ", tables.stream().map(table -> String.format(Locale.ROOT, "%20s", table.isFitted() ? "FITTED" : "stepwise")).toList()));
        row("one guest PMI, " + traditional + ", ns", "4,500,000", tables, costs -> each(before, costs));
        row("one guest PMI, " + optimized + ", ns", "9,000", tables, costs -> each(after, costs));
        row("samples a second at most, " + traditional, "250", tables, costs -> NANOS_A_SECOND / each(before, costs));
        row("samples a second at most, " + optimized, "100,000 kept", tables, costs -> NANOS_A_SECOND / each(after, costs));
        row("RDPMC carried out, handler, ns", "200", tables, costs -> new Bill(rdpmc, costs, optimized.name()).handlerNanos());
        largest(cpu, traditional, optimized, tables);
        add("  not modelled: contention, caches, and how one guest's cost delays another; the last four are the largest that");
        add("  were seen, no averages, and the optimized ones of another design (Like Xu, RFC v2, March 2019)");
    }

    /** Largest latencies, of the design before it and of one that keeps a host event as a token. */
    private void largest(Cpu cpu, VpmuDesign traditional, VpmuDesign optimized, List<CostTable> tables) {
        Steps fixedBefore = UpdateScenario.CONTROL_WRITE_FIXED.run(cpu, traditional, false);
        Steps fixedAfter = UpdateScenario.CONTROL_WRITE_FIXED.run(cpu, optimized, false);
        Steps toggleBefore = UpdateScenario.GLOBAL_TOGGLE.run(cpu, traditional, false);
        Steps toggleAfter = UpdateScenario.GLOBAL_TOGGLE.run(cpu, optimized, false);
        row("fixed control written, " + traditional + ", ns", "21,000", tables, costs -> new Bill(fixedBefore, costs, traditional.name()).nanos());
        row("fixed control written, " + optimized + ", ns", "1,100", tables, costs -> new Bill(fixedAfter, costs, optimized.name()).nanos());
        row("all off and on, " + traditional + ", ns", "59,000,000", tables, costs -> new Bill(toggleBefore, costs, traditional.name()).nanos());
        row("all off and on, " + optimized + ", ns", "17,021,000", tables, costs -> new Bill(toggleAfter, costs, optimized.name()).nanos());
    }

    /** What a sample costs: everything that was done, by the samples. */
    private static double each(Scenario.Result result, CostTable costs) {
        return new Bill(result.steps(), costs, result.policy()).nanos() / result.samples();
    }

    private static Steps rdpmc(Cpu cpu, VpmuDesign design) {
        Machine machine = new Machine(cpu, 1, false, MEGAHERTZ, new PerfSystem());
        Vcpu vcpu = new Vcpu(machine, "vCPU 0", design);
        machine.cpu(0).schedule(vcpu);
        vcpu.run();
        PmuEvent event = GuestWords.event(cpu, PmuEvent.Kind.PROGRAMMABLE, "branches");
        GuestWords words = new GuestWords(cpu, vcpu, cpu.attributes(event).counters(event.counters() & -event.counters()));
        vcpu.wrmsr(words.address("selector"), words.value("selector"));
        vcpu.work(Step.of(1_000).build());
        StepCounter counter = new StepCounter();
        machine.listen(counter);
        vcpu.rdpmc(Long.numberOfTrailingZeros(event.counters()));
        return counter.take();
    }

    private void row(String name, String published, List<CostTable> tables, ToDoubleFunction<CostTable> modelled) {
        add("  %-46s %14s %s", name, published, String.join(" ", tables.stream().map(table -> String.format(Locale.ROOT, "%,20.0f", modelled.applyAsDouble(table))).toList()));
    }

    private void add(String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }
}
