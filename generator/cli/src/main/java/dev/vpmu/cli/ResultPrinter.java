package dev.vpmu.cli;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.lab.Bill;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Result;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what stands in no line of a table. */
final class ResultPrinter {

    private final PrintWriter out;

    ResultPrinter(PrintWriter out) {
        this.out = out;
    }

    /** What made the time pass: how often each step was taken, and what that costs by each list of prices, in nanoseconds. */
    void causes(Result result, List<CostTable> tables) {
        head(result, "time by cause, ns");
        out.println(line("", "", tables.stream().map(table -> table.name() + (table.isFitted() ? ", FITTED" : "")).toList()));
        List<Map<CostStep, Double>> nanos = tables.stream().map(table -> result.bill(table).lines().stream().collect(Collectors.toMap(Bill.Line::step, Bill.Line::nanos))).toList();
        for (Map.Entry<CostStep, Long> taken : result.steps().taken().entrySet()) {
            out.println(line(taken.getKey().text(), String.format(Locale.ROOT, "%,d", taken.getValue()), nanos.stream().map(by -> text(by.get(taken.getKey()))).toList()));
        }
        out.println(line("all", "", tables.stream().map(table -> text(result.bill(table).nanos())).toList()));
    }

    private static String line(String step, String count, List<String> nanos) {
        return String.format(Locale.ROOT, "  %-16s %14s", step, count) + nanos.stream().map(by -> String.format(Locale.ROOT, " %28s", by)).collect(Collectors.joining());
    }

    private static String text(double nanos) {
        return String.format(Locale.ROOT, "%,.1f", nanos);
    }

    /** How often each step was taken on which path. */
    void traffic(Result result) {
        head(result, "steps by path");
        result.traffic().paths().forEach((path, steps) -> out.printf(Locale.ROOT, "  %-34s %s%n", path,
                steps.taken().entrySet().stream().map(taken -> taken.getKey().text() + " " + taken.getValue()).collect(Collectors.joining(", "))));
    }

    private void head(Result result, String what) {
        out.println();
        out.println(result.scenario().name() + " under " + result.policy() + ", " + what);
    }
}
