package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Bill;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Steps;
import dev.vpmu.runtime.lab.Traffic;
import dev.vpmu.runtime.lab.scenario.ProfileScenario;
import dev.vpmu.runtime.lab.scenario.UpdatingGuest;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Published figures that no price was fitted to, beside what the machine gives, good or bad; and those that it cannot give. (domain.md §13.1.) */
public final class PublishedFigures {

    private static final String WANG = "Wei Wang, 12 October 2018";
    /** Those are the largest that were seen, no averages, and the optimized ones are of a design that keeps a host event as a token. */
    private static final String XU = "Like Xu, RFC v2, 23 March 2019; largest seen";
    private static final String KHORENKO = "Khorenko, November 2023";
    private static final double NANOS_A_SECOND = 1e9;
    private static final long RATE = 1_000;
    /** perf record's own rate, samples a second. */
    private static final long USUAL_RATE = 4_000;
    private static final double PERCENT = 100;

    /**
     * A published figure.
     *
     * @param what what was measured, in which unit
     * @param design the design that it is compared with; empty if it is not compared
     * @param published the figure
     * @param source who published it
     * @param modelled what the machine gives, by each list of prices in their order; or, alone, why it gives nothing
     */
    public record Figure(String what, String design, String published, String source, List<String> modelled) {

        public Figure {
            modelled = List.copyOf(modelled);
        }

        /** Whether the machine gives something to compare it with. */
        public boolean isCompared() {
            return !design.isEmpty();
        }
    }

    private final Cpu cpu;
    private final VpmuDesign traditional;
    private final VpmuDesign optimized;
    private final List<CostTable> tables;
    private final List<Figure> figures = new ArrayList<>();

    /** Compares; {@code traditional} is the design of 2018. */
    public PublishedFigures(Cpu cpu, VpmuDesign traditional, VpmuDesign optimized, List<CostTable> tables) {
        this.cpu = cpu;
        this.traditional = traditional;
        this.optimized = optimized;
        this.tables = List.copyOf(tables);
        Result before = sampled(traditional, RATE);
        Result after = sampled(optimized, RATE);
        samples(before, after);
        updates();
        scheduling(before, after);
        instructions();
        rest();
    }

    /** All figures: first those that are compared. */
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** A line for each figure. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("published figures that nothing was fitted to (the largest seen in Like Xu's, whose optimized design keeps a host event as a token)"));
        lines.add(line("", "", "published", tables.stream().map(CostTable::name).toList()));
        lines.add(line("", "", "", tables.stream().map(PriceList::kind).toList()));
        figures.stream().filter(Figure::isCompared).forEach(figure -> lines.add(line(figure.what(), figure.design(), figure.published(), figure.modelled())));
        lines.add("  not compared:");
        figures.stream().filter(figure -> !figure.isCompared()).forEach(figure -> lines.add(String.format(Locale.ROOT, "  %-46s %22s  %s", figure.what(), figure.published(),
                String.join(" ", figure.modelled()))));
        return List.copyOf(lines);
    }

    private static String line(String what, String design, String published, List<String> modelled) {
        String figures = String.join(" ", modelled.stream().map(value -> String.format(Locale.ROOT, "%20s", value)).toList());
        return String.format(Locale.ROOT, "  %-40s %-18s %14s %s", what, design, published, figures).stripTrailing();
    }

    /* ------------------------------------------------------------- what is compared */

    private void samples(Result before, Result after) {
        compare("one guest PMI, ns", traditional, "4,500,000", WANG, costs -> each(before, costs));
        compare("one guest PMI, ns", optimized, "9,000", WANG, costs -> each(after, costs));
        compare("one guest PMI, ns", traditional, "3,500,000", XU, costs -> each(before, costs));
        compare("one guest PMI, ns", optimized, "8,800", XU, costs -> each(after, costs));
        compare("samples a second at most", traditional, "250", WANG, costs -> NANOS_A_SECOND / each(before, costs));
        compare("samples a second at most", optimized, "100,000 kept", WANG, costs -> NANOS_A_SECOND / each(after, costs));
        Result usualBefore = sampled(traditional, USUAL_RATE);
        Result usualAfter = sampled(optimized, USUAL_RATE);
        compare("perf record's samples, % of the host's", traditional, "25", XU, costs -> PERCENT / usualBefore.slowdown(costs));
        compare("perf record's samples, % of the host's", optimized, "109", XU, costs -> PERCENT / usualAfter.slowdown(costs));
    }

    private Result sampled(VpmuDesign design, long hertz) {
        return ProfileScenario.named("perf record").sampling("cycles", hertz).seconds(1).build().run(cpu, design);
    }

    /** What a sample costs: everything that was done, by the samples. */
    private static double each(Result result, CostTable costs) {
        return result.bill(costs).nanos() / result.delivered();
    }

    private void updates() {
        both("EVENTSEL written, ns", false, "36,000", "17,000", UpdatingGuest::change);
        both("FIXED_CTR_CTRL written, ns", true, "21,000", "1,100", UpdatingGuest::change);
        both("GLOBAL_CTRL: all off, ns", false, "2,000,000", "21,000", UpdatingGuest::stopAll);
        both("GLOBAL_CTRL: all on, ns", false, "57,000,000", "17,000,000", guest -> {
            guest.stopAll();
            guest.work();
        }, UpdatingGuest::startAll);
        both("RDPMC, ns", false, "35,000", "18,000", UpdatingGuest::rdpmc);
        Steps rdpmc = steps(optimized, false, guest -> { }, UpdatingGuest::rdpmc);
        compare("RDPMC, handler only, ns", optimized, "200", XU, costs -> new Bill(rdpmc, costs, optimized.name()).handlerNanos());
        Steps stopped = steps(traditional, true, guest -> { }, UpdatingGuest::stop);
        compare("fixed counter stopped, ns", traditional, "2,000,000", XU, costs -> new Bill(stopped, costs, traditional.name()).nanos());
        Steps created = steps(traditional, false, UpdatingGuest::stop, UpdatingGuest::start);
        compare("general counter created, ns", traditional, "30,000,000", XU, costs -> new Bill(created, costs, traditional.name()).nanos());
    }

    private void both(String what, boolean fixed, String publishedBefore, String publishedAfter, Consumer<UpdatingGuest> action) {
        both(what, fixed, publishedBefore, publishedAfter, guest -> { }, action);
    }

    private void both(String what, boolean fixed, String publishedBefore, String publishedAfter, Consumer<UpdatingGuest> first, Consumer<UpdatingGuest> action) {
        Steps before = steps(traditional, fixed, first, action);
        Steps after = steps(optimized, fixed, first, action);
        compare(what, traditional, publishedBefore, XU, costs -> new Bill(before, costs, traditional.name()).nanos());
        compare(what, optimized, publishedAfter, XU, costs -> new Bill(after, costs, optimized.name()).nanos());
    }

    private Steps steps(VpmuDesign design, boolean fixed, Consumer<UpdatingGuest> first, Consumer<UpdatingGuest> action) {
        UpdatingGuest guest = new UpdatingGuest(cpu, design, false, fixed);
        guest.work();
        first.accept(guest);
        return guest.traffic(() -> action.accept(guest)).steps();
    }

    /** Of a vCPU's thread: what stands on its paths, by how often it was preempted. */
    private void scheduling(Result before, Result after) {
        compare("thread scheduled in, ns", traditional, "350,000,000", XU, costs -> each(before, Traffic.IN, costs));
        compare("thread scheduled in, ns", optimized, "4,000,000", XU, costs -> each(after, Traffic.IN, costs));
        compare("thread scheduled out, ns", traditional, "55,000,000", XU, costs -> each(before, Traffic.OUT, costs));
        compare("thread scheduled out, ns", optimized, "200,000", XU, costs -> each(after, Traffic.OUT, costs));
    }

    private static double each(Result result, String path, CostTable costs) {
        long preempted = result.traffic().paths().getOrDefault(Traffic.OUT, Steps.NONE).count(CostStep.VM_EXIT);
        return new Bill(result.traffic().paths().getOrDefault(path, Steps.NONE), costs, result.policy()).nanos() / preempted;
    }

    /** How much longer CPUID takes where the hypervisor has to count the instruction that it carries out. */
    private void instructions() {
        for (VpmuDesign design : cpu.designs()) {
            Steps counted = steps(design, true, guest -> { }, UpdatingGuest::cpuid);
            Steps uncounted = steps(design, true, UpdatingGuest::stop, UpdatingGuest::cpuid);
            if (Arrays.stream(CostStep.values()).anyMatch(step -> step.isOfHandler() && counted.count(step) != uncounted.count(step))) {
                compare("CPUIDs a second while counted, % fewer", design, "13.4 to 43", KHORENKO,
                        costs -> PERCENT - PERCENT * new Bill(uncounted, costs, design.name()).nanos() / new Bill(counted, costs, design.name()).nanos());
            }
        }
    }

    private void compare(String what, VpmuDesign design, String published, String source, ToDoubleFunction<CostTable> modelled) {
        figures.add(new Figure(what, design.name(), published, source, tables.stream().map(modelled::applyAsDouble).map(PublishedFigures::text).toList()));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 1_000 ? "%,.1f" : "%,.0f", value);
    }

    /* ------------------------------------------------------------- what is not */

    private void rest() {
        price("general counter stopped", "30,000 ns", XU, CostStep.EVENT_RELEASE);
        price("fixed counter created", "25,000 ns", XU, CostStep.EVENT_CREATE);
        price("perf_event_period", "up to 5,378 ns", "kvm list, 17 March 2020", CostStep.EVENT_PERIOD);
        price("CPUID exit", "1,018 to 1,034 cycles", "kvm list", CostStep.VM_EXIT);
        price("vmcall with and without the PMU's switch", "1,559, 1,539 cycles", "kvm list, March 2020", CostStep.MSR_SWITCH);
        price("IPI", "3,319 cycles", "kvm list, March 2020", CostStep.KICK);
        price("RDPMC in user mode", "20 to 30 cycles", "perf wiki", CostStep.RDPMC);
        figures.add(new Figure("GLOBAL_CTRL read from the VMCS at exit", "", "15 to 20 cycles", "Linux, mediated vPMU", List.of("no design here reads it there")));
        figures.add(new Figure("intercepted selectors", "", "2 %", "Linux, mediated vPMU", List.of("of an unknown workload")));
    }

    private void price(String what, String published, String source, CostStep step) {
        figures.add(new Figure(what, "", published, source, List.of("goes in, as the price of " + step.text())));
    }
}
