package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Steps;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tables of results, as HTML. What is with the watchdog is folded. */
final class ResultTables {

    private static final String WATCHED = "<details><summary>The same with the host&#39;s NMI watchdog on</summary>\n";
    private static final List<CostStep> ACCESSES = List.of(CostStep.RDMSR, CostStep.WRMSR, CostStep.RDPMC, CostStep.MSR_SWITCH);

    private final List<Result> results;
    private final List<CostTable> tables;

    ResultTables(List<Result> results, List<CostTable> tables) {
        this.results = results;
        this.tables = tables;
    }

    /** What each update of a register costs. */
    String updates() {
        List<String> head = new ArrayList<>(List.of("update", "design"));
        for (CostTable table : tables) {
            head.add("ns end to end, " + PriceList.kind(table));
            head.add("ns handler only, " + PriceList.kind(table));
        }
        head.addAll(List.of("count error", "lost because"));
        return split(head, 1, results.stream().filter(result -> result.scenario().isUpdate()).toList(), result -> {
            List<String> cells = named(result);
            for (CostTable table : tables) {
                cells.add(String.format(Locale.ROOT, "%,.1f", result.bill(table).nanos()));
                cells.add(String.format(Locale.ROOT, "%,.1f", result.bill(table).handlerNanos()));
            }
            cells.addAll(List.of(ScenarioTable.error(result), result.isLossy() ? ScenarioTable.causes(result) : ""));
            return cells;
        });
    }

    /** How guests fare that run perf, and why something was lost. */
    String runs() {
        List<String> head = new ArrayList<>(List.of("scenario", "design"));
        tables.forEach(table -> head.add("slowdown, " + PriceList.kind(table)));
        head.addAll(List.of("count error", "PMIs delivered", "PMIs lost", "lost because"));
        return split(head, 1, results.stream().filter(result -> !result.scenario().isUpdate()).toList(), result -> {
            List<String> cells = named(result);
            tables.forEach(table -> cells.add(String.format(Locale.ROOT, "%,.4f \u00d7", result.slowdown(table))));
            cells.addAll(List.of(ScenarioTable.error(result), count(result.delivered()), count(result.lost()), result.isLossy() ? ScenarioTable.causes(result) : ""));
            return cells;
        });
    }

    /** How often each step was taken. */
    String steps() {
        Set<CostStep> steps = new TreeSet<>();
        results.forEach(result -> steps.addAll(result.steps().taken().keySet()));
        List<String> head = new ArrayList<>(List.of("scenario", "design"));
        steps.forEach(step -> head.add(step.text().replace('_', ' ')));
        return split(head, 0, results, result -> {
            List<String> cells = named(result);
            steps.forEach(step -> cells.add(result.steps().count(step) == 0 ? "" : count(result.steps().count(step))));
            return cells;
        });
    }

    /** Accesses by path, a table for each scenario; only {@code open} is unfolded. */
    String traffic(String open) {
        StringBuilder html = new StringBuilder();
        StringBuilder watched = new StringBuilder();
        for (String scenario : new LinkedHashSet<>(results.stream().map(result -> result.scenario().name()).toList())) {
            List<Result> shown = results.stream().filter(result -> result.scenario().name().equals(scenario)).toList();
            (shown.get(0).scenario().watchdog() ? watched : html).append("<details").append(scenario.equals(open) ? " open" : "").append("><summary>").append(Html.text(scenario))
                    .append("</summary>\n").append(traffic(shown)).append("</details>\n");
        }
        return watched.isEmpty() ? html.toString() : html + WATCHED + watched + "</details>\n";
    }

    private static String traffic(List<Result> shown) {
        Set<String> paths = new TreeSet<>();
        shown.forEach(result -> paths.addAll(result.traffic().paths().keySet()));
        List<String> head = Stream.concat(Stream.of("path"), shown.stream().map(Result::policy)).toList();
        return Html.table(head, 1, paths.stream().map(path -> Stream.concat(Stream.of(path), shown.stream().map(result -> accesses(result.traffic().paths().get(path)))).toList()).toList());
    }

    /** RDMSR / WRMSR / RDPMC / switched. */
    private static String accesses(Steps steps) {
        return steps == null ? "" : String.join(" / ", ACCESSES.stream().map(step -> count(steps.count(step))).toList());
    }

    private static List<String> named(Result result) {
        return new ArrayList<>(List.of(result.scenario().name(), result.policy()));
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The last {@code words} columns are text. */
    private static String split(List<String> head, int words, List<Result> shown, Function<Result, List<String>> cells) {
        int more = head.size() - words;
        String html = Html.table(head, 2, more, shown.stream().filter(result -> !result.scenario().watchdog()).map(cells).toList());
        List<List<String>> watched = shown.stream().filter(result -> result.scenario().watchdog()).map(cells).toList();
        return watched.isEmpty() ? html : html + WATCHED + Html.table(head, 2, more, watched) + "</details>\n";
    }
}
