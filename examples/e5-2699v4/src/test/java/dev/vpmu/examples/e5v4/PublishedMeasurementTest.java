package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.report.UpdateTable;
import dev.vpmu.runtime.lab.scenario.RegisterUpdate;
import dev.vpmu.runtime.lab.scenario.Scenarios;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpmu.intel.BroadwellEP;
import vpmu.intel.XeonE5_2699v4Costs;
import vpmu.intel.XeonE5_2699v4FittedCosts;

class PublishedMeasurementTest {

    private static final double PERCENT = 0.01;

    private final Cpu cpu = new BroadwellEP();
    private final CostTable fitted = XeonE5_2699v4FittedCosts.TABLE;
    private final CostTable stepwise = XeonE5_2699v4Costs.TABLE;

    private UpdateTable update(RegisterUpdate scenario) {
        return new UpdateTable(cpu, scenario, cpu.design("EventOriented2018"), cpu.design("RegisterOriented"));
    }

    @Test
    void theFittedPricesGiveThePublishedFiguresForTheHandler() {
        UpdateTable table = update(RegisterUpdate.CONTROL_WRITE);
        assertEquals(2_500_000, table.traditional(fitted).handlerNanos(), 2_500_000 * PERCENT);
        assertEquals(400, table.optimized(fitted).handlerNanos(), 400 * PERCENT);
    }

    /** SEED-31. */
    @Test
    void theOptimizedDesignIsAThousandTimesCheaperEndToEnd() {
        assertTrue(update(RegisterUpdate.CONTROL_WRITE).ratio(fitted) >= 1_000);
        assertTrue(update(RegisterUpdate.CONTROL_WRITE_FIXED).ratio(fitted) >= 1_000);
    }

    @Test
    void theStepwiseRatioLiesInItsRange() {
        UpdateTable table = update(RegisterUpdate.CONTROL_WRITE);
        assertTrue(table.range(stepwise).getMin() < table.ratio(stepwise) && table.ratio(stepwise) < table.range(stepwise).getMax());
    }

    @Test
    void aBillChangesWithThePriceOfAStepThatWasTaken() {
        UpdateTable table = update(RegisterUpdate.CONTROL_WRITE);
        Price wrmsr = stepwise.price("wrmsr", "").orElseThrow();
        CostTable dearer = stepwise.with(wrmsr, 3);
        double more = table.optimized(dearer).nanos() - table.optimized(stepwise).nanos();
        assertEquals(2 * wrmsr.nanos(stepwise.hertz()) * table.optimized(stepwise).steps().count(CostStep.WRMSR), more, 1e-6);
        assertNotEquals(0, more);
    }

    @Test
    void everyStepHasAPriceAndNothingElse() {
        Set<String> steps = Arrays.stream(CostStep.values()).map(CostStep::text).collect(Collectors.toSet());
        for (CostTable table : List.of(fitted, stepwise)) {
            assertEquals(steps, table.prices().stream().map(Price::step).collect(Collectors.toSet()), table.name());
        }
        assertEquals(List.of(stepwise, fitted), CostTable.of("BroadwellEP"));
    }

    @Test
    void theTableSaysFirstThatItIsModelledAndTheSummaryIsThere(@TempDir Path report) throws IOException {
        List<String> lines = PublishedMeasurement.run(cpu, report);
        assertTrue(lines.get(0).startsWith("modelled, not measured"), lines.get(0));
        assertTrue(lines.stream().anyMatch(line -> line.contains("FITTED to the two published figures")));
    }

    @Test
    void theSummaryHasWhatIsPromised(@TempDir Path report) throws IOException {
        PublishedMeasurement.run(cpu, report);
        JsonObject summary = JsonParser.parseString(Files.readString(report.resolve("summary.json"))).getAsJsonObject();
        assertEquals("BroadwellEP", summary.get("cpu").getAsString());
        Set<String> designs = cpu.designs().stream().map(VpmuDesign::name).collect(Collectors.toSet());
        JsonObject scenarios = summary.getAsJsonObject("scenarios");
        assertEquals(Scenarios.shipped(1).stream().map(Scenario::name).collect(Collectors.toSet()), scenarios.keySet());
        for (String scenario : scenarios.keySet()) {
            assertEquals(designs, scenarios.getAsJsonObject(scenario).keySet());
            for (String design : designs) {
                JsonObject result = scenarios.getAsJsonObject(scenario).getAsJsonObject(design);
                Map<CostStep, Long> steps = new EnumMap<>(CostStep.class);
                result.getAsJsonObject("steps").entrySet().forEach(step -> steps.put(CostStep.valueOf(step.getKey().toUpperCase(Locale.ROOT)), step.getValue().getAsLong()));
                for (CostTable table : List.of(fitted, stepwise)) {
                    double nanos = steps.entrySet().stream().mapToDouble(step -> step.getValue() * table.nanos(step.getKey().text(), design)).sum();
                    assertEquals(nanos, result.getAsJsonObject("nanos").get(table == fitted ? "fitted" : "stepwise").getAsDouble(), nanos * 1e-9, scenario + " under " + design);
                }
                assertTrue(result.get("slowdown").getAsDouble() > 1);
                assertTrue(result.get("countError").getAsDouble() >= 0);
                assertTrue(result.get("pmisDelivered").getAsLong() + result.get("pmisLost").getAsLong() > 0 || !scenario.startsWith("perf-record"), scenario);
                boolean isLossy = result.get("countError").getAsDouble() > 0 || result.get("pmisLost").getAsLong() > 0;
                assertTrue(!isLossy || result.getAsJsonObject("losses").size() > 0, scenario + " under " + design);
                Map<CostStep, Long> byPath = new EnumMap<>(CostStep.class);
                result.getAsJsonObject("traffic").entrySet().forEach(path -> path.getValue().getAsJsonObject().entrySet()
                        .forEach(step -> byPath.merge(CostStep.valueOf(step.getKey().toUpperCase(Locale.ROOT)), step.getValue().getAsLong(), Long::sum)));
                assertEquals(steps, byPath);
            }
        }
        JsonObject ratios = summary.getAsJsonObject("controlWriteRatio");
        assertEquals(Set.of("handler", "endToEnd"), ratios.getAsJsonObject("fitted").keySet());
        assertEquals(Set.of("handler", "endToEnd", "low", "high"), ratios.getAsJsonObject("stepwise").keySet());
        assertEquals(update(RegisterUpdate.CONTROL_WRITE).ratio(stepwise), ratios.getAsJsonObject("stepwise").get("endToEnd").getAsDouble(), 1e-9);
        assertEquals(fitted.prices().size() + stepwise.prices().size(), summary.getAsJsonArray("costs").size());
        summary.getAsJsonArray("costs").forEach(cost -> assertTrue(cost.getAsJsonObject().keySet().containsAll(Set.of("list", "step", "value", "unit", "source", "assumed"))));
    }
}
