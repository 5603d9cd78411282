package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results of scenarios, a line each; below a result what was lost and why, and what became of the host's events. */
public final class ScenarioTable {

    private static final double LITTLE = 1e-4;

    private static final int TITLES = 56;

    private final List<CostTable> tables;
    private final List<String> lines = new ArrayList<>();

    private ScenarioTable(List<CostTable> tables) {
        this.tables = tables;
    }

    /**
     * The table: updates of one register first, and then guests that run perf. Of what has a twin without the watchdog only where something is
     * lost.
     */
    public static List<String> lines(List<Result> results, List<CostTable> tables) {
        ScenarioTable table = new ScenarioTable(tables);
        List<String> names = results.stream().map(result -> result.scenario().name()).toList();
        List<Result> shown = results.stream().filter(result -> result.isLossy() || !result.scenario().watchdog()
                || !names.contains(result.scenario().name().replace(Scenarios.WATCHDOG, ""))).toList();
        table.updates(shown.stream().filter(result -> result.scenario().isUpdate()).toList());
        table.runs(shown.stream().filter(result -> !result.scenario().isUpdate()).toList());
        return List.copyOf(table.lines);
    }

    private void updates(List<Result> results) {
        if (results.isEmpty()) {
            return;
        }
        StringBuilder lists = new StringBuilder(" ".repeat(TITLES));
        StringBuilder head = new StringBuilder(named("one update of a register", "policy"));
        for (CostTable table : tables) {
            lists.append(String.format(Locale.ROOT, " %29s", table.name()));
            head.append(String.format(Locale.ROOT, " %14s %14s", "ns, " + PriceList.kind(table), "handler only"));
        }
        lines.add(lists.toString());
        lines.add(head + String.format(Locale.ROOT, " %12s", "count error"));
        for (Result result : results) {
            StringBuilder line = new StringBuilder(named(result.scenario().name(), result.policy()));
            tables.forEach(table -> line.append(String.format(Locale.ROOT, " %,14.1f %,14.1f", result.bill(table).nanos(), result.bill(table).handlerNanos())));
            lines.add(line + String.format(Locale.ROOT, " %12s", error(result)));
            losses(result);
        }
        lines.add("");
    }

    private void runs(List<Result> results) {
        if (results.isEmpty()) {
            return;
        }
        StringBuilder lists = new StringBuilder(" ".repeat(TITLES));
        StringBuilder head = new StringBuilder(named("guests that profile", "policy"));
        for (CostTable table : tables) {
            lists.append(String.format(Locale.ROOT, " %19s", table.name()));
            head.append(String.format(Locale.ROOT, " %19s", "slower, " + PriceList.kind(table)));
        }
        lines.add(lists.toString());
        lines.add(head + String.format(Locale.ROOT, " %12s %9s %6s", "count error", "PMIs", "lost"));
        for (Result result : results) {
            StringBuilder line = new StringBuilder(named(result.scenario().name(), result.policy()));
            tables.forEach(table -> line.append(String.format(Locale.ROOT, " %,18.4fx", result.slowdown(table))));
            lines.add(line + String.format(Locale.ROOT, " %12s %9d %6d", error(result), result.delivered(), result.lost()));
            losses(result);
            if (result.scenario().hostCompetes()) {
                lines.add("    the host's " + result.host());
            }
        }
    }

    private static String named(String scenario, String policy) {
        return String.format(Locale.ROOT, "%-29s %-26s", scenario, policy);
    }

    private void losses(Result result) {
        if (result.isLossy()) {
            lines.add("    lost because: " + causes(result));
        }
    }

    /** Why something was lost, and how often that was seen. */
    static String causes(Result result) {
        return result.losses().entrySet().stream().map(loss -> loss.getKey() + " (" + loss.getValue() + " times)").collect(Collectors.joining("; "));
    }

    /** How far off the worst count is; the least errors are as small as one in millions. */
    static String error(Result result) {
        double error = result.countError();
        return error == 0 ? "0" : String.format(Locale.ROOT, error < LITTLE ? "%.1e" : "%.6f", error);
    }
}
