package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.CounterOwnership;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Results as one page, {@code index.html}, that needs nothing but itself, and the timelines of who had which counter as a trace,
 * {@code timeline.json}, beside it.
 */
public final class HtmlReport {

    /** What every output begins with. */
    static final String MODELLED = "modelled, not measured";
    private static final String FIRST = "control-write";

    private final Cpu cpu;
    private final List<CostTable> tables;
    private final List<ReportRow> rows = new ArrayList<>();
    private final List<CounterOwnership> timelines = new ArrayList<>();
    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private final StringBuilder html = new StringBuilder();

    /** A report without results; {@code tables} are shown apart, in that order. */
    public HtmlReport(Cpu cpu, List<CostTable> tables) {
        this.cpu = cpu;
        this.tables = List.copyOf(tables);
    }

    /** Adds what one scenario gave under one design. */
    public void add(ReportRow row) {
        rows.add(row);
    }

    /** Adds a timeline. */
    public void add(CounterOwnership timeline) {
        timelines.add(timeline);
    }

    /** Adds lines that are shown as they are. */
    public void add(String title, List<String> lines) {
        texts.put(title, List.copyOf(lines));
    }

    /** Writes page and trace into a folder, each whole or not at all. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        write(folder.resolve("timeline.json"), OwnershipTrace.json(timelines));
        write(folder.resolve("index.html"), page());
    }

    private static void write(Path file, String content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, content);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String page() {
        html.setLength(0);
        List<String> scenarios = rows.stream().map(ReportRow::scenario).distinct().toList();
        rows.sort(Comparator.comparingInt(row -> scenarios.indexOf(row.scenario())));
        String title = "the virtual PMUs of " + cpu.name();
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>").append(Html.text(MODELLED + ": " + title)).append("</title>\n<style>\n")
                .append(style()).append("</style>\n</head>\n<body>\n<h1>").append(Html.text(MODELLED)).append("<small>").append(Html.text(title)).append("</small></h1>\n");
        para("A machine of the generated " + cpu.name() + " takes steps for its guests; what the steps cost is data, multiplied afterwards. No clock was read.");
        prices();
        designs();
        plots();
        timelines();
        traffic();
        texts.forEach((heading, lines) -> {
            head(heading);
            html.append(Html.lines(lines));
        });
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
            items.add(table.isFitted() ? Plots.name(table) + ": made to give the two published figures for one update of a control register, 2,500,000 and 400 ns, and nothing else. That it gives"
                    + " them proves nothing." : Plots.name(table) + ": each price from its own source, or assumed; nobody adjusted it to an answer.");
        }
        para("Two lists of prices, never mixed:");
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

    private void plots() {
        Plots plots = new Plots(rows);
        boolean possible = SvgPicture.isPossible();
        head("What one update of a control register costs");
        if (!possible) {
            para("There are no plots: this Java has no fonts. The tables have the same figures.");
        }
        for (CostTable table : tables) {
            if (possible) {
                html.append(Html.figure(plots.costs(FIRST, table), "No bar: the step was not taken. \"Handler only\" leaves out what the CPU does by itself, vm_exit and msr_switch."));
            }
        }
        head("Slowdown over sampling rate");
        if (possible && plots.hasRates()) {
            for (CostTable table : tables) {
                html.append("<div class=\"pair\">\n").append(Html.figure(plots.slowdown(table), "")).append(Html.figure(plots.added(table), "")).append("</div>\n");
            }
            para("Left: 1 is no slowdown. Right: the same less 1, where small differences are seen too.");
        }
        runs();
        head("Count error");
        String errors = possible ? plots.countErrors() : "";
        if (!errors.isEmpty()) {
            html.append(Html.figure(errors, "No bar: no error at all. Bars below 0.000002 are drawn as that."));
        }
        long off = rows.stream().filter(row -> row.countError() > 0).count();
        long runs = rows.stream().filter(ReportRow::isOfRun).count();
        para("The count that a guest is told, against what it did: " + off + " of " + runs + " runs are off; each stands in the table above.");
    }

    private void runs() {
        List<String> head = new ArrayList<>(List.of("scenario", "design"));
        tables.forEach(table -> head.add("slowdown, " + (table.isFitted() ? "FITTED" : "stepwise")));
        head.addAll(List.of("count error", "PMIs delivered", "PMIs lost"));
        split(head, row -> row.isOfRun(), row -> {
            List<String> cells = new ArrayList<>(List.of(row.scenario(), row.policy()));
            tables.forEach(table -> cells.add(String.format(Locale.ROOT, "%,.4f \u00d7", row.slowdown(table))));
            cells.addAll(List.of(row.countError() == 0 ? "0" : String.format(Locale.ROOT, "%.6f", row.countError()), String.format(Locale.ROOT, "%,d", row.delivered()),
                    String.format(Locale.ROOT, "%,d", row.lost())));
            return cells;
        });
    }

    private void timelines() {
        head("Who had which counter");
        para("Two guests take turns on a CPU, and the host works now and then, with its NMI watchdog and an event of its own. One guest counts from its first turn on; the other samples cycles"
                + " from its second turn on, and counts branches until its last. timeline.json beside this page is the same for Perfetto.");
        timelines.forEach(timeline -> html.append(Html.figure(OwnershipPicture.of(timeline), "")));
    }

    private void traffic() {
        head("MSR traffic and other steps");
        para("How often each step was taken, in the whole scenario. rdmsr, wrmsr and rdpmc are the host's own; msr_switch is what the CPU loads or stores by itself; access is what a guest's"
                + " instruction made the hypervisor carry out.");
        Set<CostStep> steps = new TreeSet<>();
        rows.forEach(row -> steps.addAll(row.steps().taken().keySet()));
        List<String> head = new ArrayList<>(List.of("scenario", "design"));
        steps.forEach(step -> head.add(step.text().replace('_', ' ')));
        split(head, row -> true, row -> {
            List<String> cells = new ArrayList<>(List.of(row.scenario(), row.policy()));
            steps.forEach(step -> cells.add(row.steps().count(step) == 0 ? "" : String.format(Locale.ROOT, "%,d", row.steps().count(step))));
            return cells;
        });
    }

    /** A table of what is without the watchdog, and one, folded, of what is with it. */
    private void split(List<String> head, Predicate<ReportRow> shown, Function<ReportRow, List<String>> cells) {
        html.append(Html.table(head, 2, rows.stream().filter(shown).filter(row -> !row.isWithWatchdog()).map(cells).toList()));
        List<List<String>> watched = rows.stream().filter(shown).filter(ReportRow::isWithWatchdog).map(cells).toList();
        if (!watched.isEmpty()) {
            html.append("<details><summary>The same with the host&#39;s NMI watchdog on</summary>\n").append(Html.table(head, 2, watched)).append("</details>\n");
        }
    }

    private void costs() {
        head("Prices");
        List<List<String>> cells = new ArrayList<>();
        for (CostTable table : tables) {
            for (Price price : table.prices()) {
                String value = number(price.low()) + (price.low() == price.high() ? "" : " to " + number(price.high())) + " " + price.unit().text();
                cells.add(List.of(Plots.name(table), price.step() + (price.policy().isEmpty() ? "" : " of " + price.policy()), value,
                        String.format(Locale.ROOT, "%,.1f", price.nanos(table.hertz())), price.isAssumed() ? "assumed" : "", String.join("; ", price.sources())));
            }
        }
        html.append(Html.table(List.of("list", "step", "price", "in ns", "assumed", "source"), 6, cells));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
    }
}
