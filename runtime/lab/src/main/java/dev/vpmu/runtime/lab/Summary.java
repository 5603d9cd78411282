package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import dev.vpmu.runtime.cpu.Cpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results as {@code summary.json}. */
public final class Summary {

    private final Cpu cpu;
    private final CostTable fitted;
    private final CostTable stepwise;
    private final Map<String, Map<String, String>> scenarios = new LinkedHashMap<>();

    /** A summary without results. */
    public Summary(Cpu cpu, CostTable fitted, CostTable stepwise) {
        this.cpu = cpu;
        this.fitted = fitted;
        this.stepwise = stepwise;
    }

    /** Adds an update of one register. */
    public void add(String scenario, String policy, Steps steps) {
        add(scenario, policy, steps, List.of());
    }

    /** Adds guests that ran perf. */
    public void add(Scenario.Result result) {
        add(result.scenario().name(), result.policy(), result.steps(), List.of("\"slowdown\": {\"fitted\": " + number(result.slowdown(fitted)) + ", \"stepwise\": "
                + number(result.slowdown(stepwise)) + "}", "\"countError\": " + number(result.countError()), "\"pmisDelivered\": " + result.samples(), "\"pmisLost\": " + result.lost()));
    }

    private void add(String scenario, String policy, Steps steps, List<String> more) {
        String nanos = "\"nanos\": {\"fitted\": " + number(new Bill(steps, fitted, policy).nanos()) + ", \"stepwise\": " + number(new Bill(steps, stepwise, policy).nanos()) + "}";
        String counts = "\"steps\": {" + steps.taken().entrySet().stream().map(taken -> text(taken.getKey().text()) + ": " + taken.getValue()).collect(Collectors.joining(", ")) + "}";
        String all = more.stream().map(part -> ", " + part).collect(Collectors.joining());
        scenarios.computeIfAbsent(scenario, name -> new TreeMap<>()).put(policy, "{" + nanos + ", " + counts + all + "}");
    }

    /** Writes it, whole or not at all. */
    public void write(Path file, UpdateTable ratio) throws IOException {
        StringBuilder json = new StringBuilder("{\n  \"cpu\": " + text(cpu.name()) + ",\n  \"scenarios\": {");
        json.append(scenarios.entrySet().stream().map(scenario -> "\n    " + text(scenario.getKey()) + ": {" + scenario.getValue().entrySet().stream()
                .map(policy -> "\n      " + text(policy.getKey()) + ": " + policy.getValue()).collect(Collectors.joining(",")) + "\n    }").collect(Collectors.joining(",")));
        json.append("\n  },\n  \"controlWriteRatio\": {\"fitted\": {\"handler\": " + number(ratio.handlerRatio(fitted)) + ", \"endToEnd\": " + number(ratio.ratio(fitted))
                + "}, \"stepwise\": {\"handler\": " + number(ratio.handlerRatio(stepwise)) + ", \"endToEnd\": " + number(ratio.ratio(stepwise)) + ", \"low\": "
                + number(ratio.range(stepwise).getMin()) + ", \"high\": " + number(ratio.range(stepwise).getMax()) + "}},\n  \"costs\": [");
        json.append(List.of(fitted, stepwise).stream().flatMap(table -> table.prices().stream().map(price -> "\n    " + cost(table, price))).collect(Collectors.joining(",")));
        json.append("\n  ]\n}\n");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, json);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String cost(CostTable table, Price price) {
        return "{\"list\": " + text(table.isFitted() ? "fitted" : "stepwise") + ", \"step\": " + text(price.step()) + ", \"value\": " + number((price.low() + price.high()) / 2)
                + ", \"unit\": " + text(price.unit().text()) + ", \"source\": " + text(String.join("; ", price.sources())) + ", \"assumed\": " + price.isAssumed() + "}";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static String text(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            json.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
        }
        return json.append('"').toString();
    }
}
