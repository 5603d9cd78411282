package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.lab.timeline.OwnershipTrace;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Results as one page, {@code index.html}, that needs nothing but itself, and the timelines of who had which counter as a trace,
 * {@code timeline.json}, beside it.
 */
public final class HtmlReport {

    /** What every output begins with. */
    static final String MODELLED = "modelled, not measured";
    /** Browsers let the page load nothing. */
    private static final String POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
    private static final String FIRST = "control-write";
    /** The scenario of which causes and traffic are shown at once. */
    private static final String OPEN = "perf-record-1khz";

    private final Cpu cpu;
    private final List<CostTable> tables;
    private final List<Result> results = new ArrayList<>();
    private final List<PublishedFigures.Figure> figures = new ArrayList<>();
    private final List<CounterOwnership> timelines = new ArrayList<>();
    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private final StringBuilder html = new StringBuilder();

    /** A report without results; {@code tables} are shown apart, in that order. */
    public HtmlReport(Cpu cpu, List<CostTable> tables) {
        this.cpu = cpu;
        this.tables = List.copyOf(tables);
    }

    /** Adds what one scenario gave under one design. */
    public void add(Result result) {
        results.add(result);
    }

    /** Adds a timeline. */
    public void add(CounterOwnership timeline) {
        timelines.add(timeline);
    }

    /** Adds figures that others have published. */
    public void add(PublishedFigures published) {
        figures.addAll(published.figures());
    }

    /** Adds lines that are shown as they are. */
    public void add(String title, List<String> lines) {
        texts.put(title, List.copyOf(lines));
    }

    /** Writes page and trace into a folder, each whole or not at all. */
    public void write(Path folder) throws IOException {
        ReportFile.write(folder.resolve("timeline.json"), OwnershipTrace.json(timelines));
        ReportFile.write(folder.resolve("index.html"), page());
    }

    private String page() {
        html.setLength(0);
        List<String> scenarios = results.stream().map(result -> result.scenario().name()).distinct().toList();
        results.sort(Comparator.comparingInt(result -> scenarios.indexOf(result.scenario().name())));
        ResultTables all = new ResultTables(results, tables);
        String title = "the virtual PMUs of " + cpu.name();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n").append(POLICY)
                .append("\n<title>").append(Html.text(MODELLED + ": " + title)).append("</title>\n<style>\n").append(style())
                .append("</style>\n</head>\n<body>\n<h1>").append(Html.text(MODELLED)).append("<small>").append(Html.text(title)).append("</small></h1>\n");
        para("A machine of the generated " + cpu.name() + " takes steps for its guests; what the steps cost is data, multiplied afterwards. No clock was read.");
        prices();
        designs();
        plots(all);
        timelines();
        traffic(all);
        texts.forEach((heading, lines) -> {
            head(heading);
            html.append(Html.lines(lines));
        });
        published();
        costs();
        return html.append("</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head(String title) {
        html.append("<h2>").append(Html.text(title)).append("</h2>\n");
    }

    private void para(String text) {
        html.append("<p>").append(Html.text(text)).append("</p>\n");
    }

    private void prices() {
        List<String> items = new ArrayList<>();
        for (CostTable table : tables) {
            items.add(PriceList.name(table) + (table.isFitted() ? ": made to give published figures, which its prices below name, and to give nothing else. That it gives them proves nothing."
                    : ": each price from its own source, or assumed; nobody adjusted it to an answer."));
        }
        para("Lists of prices, never mixed:");
        html.append(Html.list(items));
    }

    private void designs() {
        head("Designs");
        List<List<String>> cells = new ArrayList<>();
        for (VpmuDesign design : cpu.designs()) {
            String exists = design.isHypothetical() ? "hypothetical: " + cpu.name() + " does not have what it requires" : "";
            if (design.allowances().isEmpty()) {
                cells.add(List.of(design.name(), exists, "nothing"));
            }
            design.allowances().forEach(allowance -> cells.add(List.of(design.name(), exists, allowance.rule() + ": " + allowance.reason())));
        }
        html.append(Html.table(List.of("design", "hypothetical", "what its check refuses and was let through"), 3, cells));
    }

    private void plots(ResultTables all) {
        Plots plots = new Plots(results);
        boolean possible = SvgPicture.isPossible();
        if (!possible) {
            para("There are no plots: this Java has no fonts. The tables have the same figures.");
        }
        scenario(true, FIRST).ifPresent(update -> {
            head("What one update of a register costs");
            causes(plots, possible, update);
            html.append(all.updates());
        });
        scenario(false, OPEN).ifPresent(run -> {
            head("What guests that profile cost");
            causes(plots, possible, run);
            if (possible && plots.hasRates()) {
                head("Slowdown over sampling rate");
                for (CostTable table : tables) {
                    html.append("<div class=\"pair\">\n").append(Html.figure(plots.slowdown(table), "")).append(Html.figure(plots.added(table), "")).append("</div>\n");
                }
                para("Left: 1 is no slowdown. Right: the same less 1, where small differences are seen too.");
            }
            html.append(all.runs());
        });
        head("Count error");
        String errors = possible ? plots.countErrors() : "";
        if (!errors.isEmpty()) {
            html.append(Html.figure(errors, "Only scenarios in which a count is off. No bar: no error at all. Bars below 0.0000002 are drawn as that."));
        }
        long off = results.stream().filter(result -> result.countError() > 0).count();
        para("The count that a guest is told, against what it did: " + off + " of " + results.size() + " runs are off; each stands in the tables above, with the cause.");
    }

    /** The scenario that is shown first of the updates, or of the runs: one by its name, if there is such a one. */
    private Optional<String> scenario(boolean updates, String preferred) {
        List<String> names = results.stream().map(Result::scenario).filter(scenario -> scenario.isUpdate() == updates).map(Scenario::name).toList();
        return names.contains(preferred) ? Optional.of(preferred) : names.stream().findFirst();
    }

    private void causes(Plots plots, boolean possible, String scenario) {
        for (CostTable table : tables) {
            if (possible) {
                html.append(Html.figure(plots.costs(scenario, table), "No bar: the step was not taken. \"Handler only\" leaves out what the CPU does by itself, vm_exit and msr_switch."));
            }
        }
    }

    private void timelines() {
        head("Who had which counter");
        para("Two guests take turns on a CPU, and the host works now and then, with its NMI watchdog and an event of its own. One guest counts from its first turn on; the other samples cycles"
                + " from its second turn on, and counts branches until its last. timeline.json beside this page is the same for Perfetto.");
        timelines.forEach(timeline -> html.append(Html.figure(OwnershipPicture.of(timeline), "")));
    }

    private void traffic(ResultTables all) {
        head("MSR traffic");
        para("RDMSR / WRMSR / RDPMC of the host's own / registers that the CPU loads or stores by itself, in the whole scenario, by path: a guest's instruction, with everything until guest"
                + " mode is entered again, a PMI, or the scheduler. The host's timers stand for whatever nobody asked for.");
        html.append(all.traffic(OPEN));
        head("Steps");
        para("How often each step was taken, in the whole scenario. rdmsr, wrmsr and rdpmc are the host's own; msr_switch is what the CPU loads or stores by itself; access is what a guest's"
                + " instruction made the hypervisor carry out.");
        html.append(all.steps());
    }

    private void published() {
        if (figures.isEmpty()) {
            return;
        }
        head("Published figures that nothing was fitted to");
        para("Good or bad. The figures of Like Xu's series are the largest that were seen, no averages, and its optimized ones are of a design that keeps a host event as a token. Contention, caches,"
                + " and how one guest's cost delays another are not modelled.");
        List<String> head = new ArrayList<>(List.of("what", "design", "published by", "published"));
        tables.forEach(table -> head.add(PriceList.name(table)));
        html.append(Html.table(head, 3, figures.stream().filter(PublishedFigures.Figure::isCompared).map(figure -> {
            List<String> cells = new ArrayList<>(List.of(figure.what(), figure.design(), figure.source(), figure.published()));
            cells.addAll(figure.modelled());
            return cells;
        }).toList()));
        html.append(Html.table(List.of("not compared", "published by", "published", "why"), 4, figures.stream().filter(figure -> !figure.isCompared())
                .map(figure -> List.of(figure.what(), figure.source(), figure.published(), String.join(" ", figure.modelled()))).toList()));
    }

    private void costs() {
        head("Prices");
        List<List<String>> cells = new ArrayList<>();
        for (CostTable table : tables) {
            for (Price price : table.prices()) {
                String value = number(price.low()) + (price.low() == price.high() ? "" : " to " + number(price.high())) + " " + price.unit().text();
                cells.add(List.of(PriceList.name(table), price.step() + (price.policy().isEmpty() ? "" : " of " + price.policy()), value,
                        String.format(Locale.ROOT, "%,.1f", price.nanos(table.hertz())), price.isAssumed() ? "assumed" : "", String.join("; ", price.sources())));
            }
        }
        html.append(Html.table(List.of("list", "step", "price", "in ns", "assumed", "source"), 6, cells));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
    }
}
