package dev.vpmu.runtime.lab.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Steps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as {@code summary.json}, in full precision; {@code slowdown} is by the stepwise prices, {@code slowdowns} by each list. */
public final class Summary {

    private final JsonObject summary = new JsonObject();
    private final JsonObject scenarios = new JsonObject();
    private final CostTable fitted;
    private final CostTable stepwise;

    /** A summary without results. */
    public Summary(Cpu cpu, CostTable fitted, CostTable stepwise) {
        this.fitted = fitted;
        this.stepwise = stepwise;
        summary.addProperty("about", HtmlReport.MODELLED);
        summary.addProperty("cpu", cpu.name());
        summary.add("scenarios", scenarios);
    }

    /** Adds what a scenario gave under a design. */
    public void add(Result result) {
        String name = result.scenario().name();
        if (!scenarios.has(name)) {
            scenarios.add(name, new JsonObject());
        }
        JsonObject policy = new JsonObject();
        policy.add("nanos", byList(result.bill(fitted).nanos(), result.bill(stepwise).nanos()));
        policy.add("steps", steps(result.steps()));
        policy.addProperty("slowdown", result.slowdown(stepwise));
        policy.add("slowdowns", byList(result.slowdown(fitted), result.slowdown(stepwise)));
        policy.addProperty("countError", result.countError());
        policy.addProperty("pmisDelivered", result.delivered());
        policy.addProperty("pmisLost", result.lost());
        policy.add("losses", losses(result.losses()));
        JsonObject traffic = new JsonObject();
        result.traffic().paths().forEach((path, steps) -> traffic.add(path, steps(steps)));
        policy.add("traffic", traffic);
        scenarios.getAsJsonObject(name).add(result.policy(), policy);
    }

    private static JsonObject byList(double fitted, double stepwise) {
        JsonObject both = new JsonObject();
        both.addProperty("fitted", fitted);
        both.addProperty("stepwise", stepwise);
        return both;
    }

    private static JsonObject steps(Steps steps) {
        JsonObject counts = new JsonObject();
        for (Map.Entry<CostStep, Long> taken : steps.taken().entrySet()) {
            counts.addProperty(taken.getKey().text(), taken.getValue());
        }
        return counts;
    }

    private static JsonObject losses(Map<String, Long> losses) {
        JsonObject counts = new JsonObject();
        losses.forEach(counts::addProperty);
        return counts;
    }

    /** Writes it, whole or not at all. */
    public void write(Path file, UpdateTable ratio) throws IOException {
        JsonObject ratios = new JsonObject();
        for (CostTable table : List.of(fitted, stepwise)) {
            JsonObject by = new JsonObject();
            by.addProperty("handler", ratio.handlerRatio(table));
            by.addProperty("endToEnd", ratio.ratio(table));
            if (!table.isFitted()) {
                by.addProperty("low", ratio.range(table).getMin());
                by.addProperty("high", ratio.range(table).getMax());
            }
            ratios.add(list(table), by);
        }
        summary.add("controlWriteRatio", ratios);
        JsonArray costs = new JsonArray();
        List.of(fitted, stepwise).forEach(table -> table.prices().forEach(price -> costs.add(cost(table, price))));
        summary.add("costs", costs);
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        ReportFile.write(file, gson.toJson(summary) + "\n");
    }

    private static String list(CostTable table) {
        return table.isFitted() ? "fitted" : "stepwise";
    }

    private static JsonObject cost(CostTable table, Price price) {
        JsonObject cost = new JsonObject();
        cost.addProperty("list", list(table));
        cost.addProperty("step", price.step());
        if (!price.policy().isEmpty()) {
            cost.addProperty("policy", price.policy());
        }
        cost.addProperty("value", (price.low() + price.high()) / 2);
        cost.addProperty("unit", price.unit().text().toLowerCase(Locale.ROOT));
        cost.addProperty("source", String.join("; ", price.sources()));
        cost.addProperty("assumed", price.isAssumed());
        return cost;
    }
}
