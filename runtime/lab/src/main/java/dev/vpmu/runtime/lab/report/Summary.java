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
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Results as {@code summary.json}, in full precision; {@code slowdown} is by the stepwise prices, {@code slowdowns} by each list. */
public final class Summary {

    private final JsonObject summary = new JsonObject();
    private final JsonObject scenarios = new JsonObject();
    /** By their keys. */
    private final Map<String, CostTable> tables = new TreeMap<>();

    /** A summary without results; of several lists of prices of one kind all but the first are known by their names. */
    public Summary(Cpu cpu, List<CostTable> tables) {
        for (CostTable table : tables) {
            String kind = PriceList.kind(table).toLowerCase(Locale.ROOT);
            this.tables.put(this.tables.containsKey(kind) ? table.name() : kind, table);
        }
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
        policy.add("nanos", byList(table -> result.bill(table).nanos()));
        policy.add("steps", steps(result.steps()));
        policy.addProperty("slowdown", result.slowdown(tables.getOrDefault("stepwise", tables.values().iterator().next())));
        policy.add("slowdowns", byList(result::slowdown));
        policy.addProperty("countError", result.countError());
        policy.addProperty("pmisDelivered", result.delivered());
        policy.addProperty("pmisLost", result.lost());
        policy.add("losses", losses(result.losses()));
        JsonObject traffic = new JsonObject();
        result.traffic().paths().forEach((path, steps) -> traffic.add(path, steps(steps)));
        policy.add("traffic", traffic);
        scenarios.getAsJsonObject(name).add(result.policy(), policy);
    }

    private JsonObject byList(ToDoubleFunction<CostTable> figure) {
        JsonObject all = new JsonObject();
        tables.forEach((key, table) -> all.addProperty(key, figure.applyAsDouble(table)));
        return all;
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

    /** Adds how many times cheaper an update of a control register is. */
    public void add(UpdateTable update) {
        JsonObject ratios = new JsonObject();
        tables.forEach((key, table) -> {
            JsonObject by = new JsonObject();
            by.addProperty("handler", update.handlerRatio(table));
            by.addProperty("endToEnd", update.ratio(table));
            if (!table.isFitted()) {
                by.addProperty("low", update.range(table).getMin());
                by.addProperty("high", update.range(table).getMax());
            }
            ratios.add(key, by);
        });
        summary.add("controlWriteRatio", ratios);
    }

    /** Writes it, whole or not at all. */
    public void write(Path file) throws IOException {
        JsonArray costs = new JsonArray();
        tables.forEach((key, table) -> table.prices().forEach(price -> costs.add(cost(key, price))));
        summary.add("costs", costs);
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        ReportFile.write(file, gson.toJson(summary) + "\n");
    }

    private static JsonObject cost(String list, Price price) {
        JsonObject cost = new JsonObject();
        cost.addProperty("list", list);
        cost.addProperty("step", price.step());
        if (!price.policy().isEmpty()) {
            cost.addProperty("policy", price.policy());
        }
        cost.addProperty("value", (price.low() + price.high()) / 2);
        cost.addProperty("unit", price.unit().text());
        cost.addProperty("source", String.join("; ", price.sources()));
        cost.addProperty("assumed", price.isAssumed());
        return cost;
    }
}
