package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.UpdateScenario;
import dev.vpmu.runtime.lab.UpdateTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    private UpdateTable update(UpdateScenario scenario) {
        return new UpdateTable(cpu, scenario, cpu.design("EventOriented2018"), cpu.design("RegisterOriented"));
    }

    @Test
    void theFittedPricesGiveThePublishedFiguresForTheHandler() {
        UpdateTable table = update(UpdateScenario.CONTROL_WRITE);
        assertEquals(2_500_000, table.traditional(fitted).handlerNanos(), 2_500_000 * PERCENT);
        assertEquals(400, table.optimized(fitted).handlerNanos(), 400 * PERCENT);
    }

    /** SEED-31. */
    @Test
    void theOptimizedDesignIsAThousandTimesCheaperEndToEnd() {
        assertTrue(update(UpdateScenario.CONTROL_WRITE).ratio(fitted) >= 1_000);
        assertTrue(update(UpdateScenario.CONTROL_WRITE_FIXED).ratio(fitted) >= 1_000);
    }

    @Test
    void theStepwiseRatioLiesInItsRange() {
        UpdateTable table = update(UpdateScenario.CONTROL_WRITE);
        assertTrue(table.range(stepwise).getMin() < table.ratio(stepwise) && table.ratio(stepwise) < table.range(stepwise).getMax());
    }

    @Test
    void aBillChangesWithThePriceOfAStepThatWasTaken() {
        UpdateTable table = update(UpdateScenario.CONTROL_WRITE);
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
        String summary = Files.readString(report.resolve("summary.json"));
        for (String key : List.of("\"cpu\": \"BroadwellEP\"", "\"control-write\"", "\"perf-record-100khz+watchdog\"", "\"multiplex\"", "\"share-8+watchdog\"", "\"host-competes\"", "\"controlWriteRatio\"", "\"costs\"")) {
            assertTrue(summary.contains(key), key);
        }
    }
}
