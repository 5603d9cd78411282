package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.lab.Bill;
import dev.vpmu.runtime.lab.SamplingScenario;
import dev.vpmu.runtime.lab.Steps;

/**
 * What one scenario gave under one design.
 *
 * @param scenario the scenario's name
 * @param policy the design's name
 * @param steps the steps that were taken
 * @param guestNanos how long the guests worked; 0 if they only accessed a register
 * @param hertz how often a second they sampled; only rows that differ in it alone have it, the others 0
 * @param countError how far off their count is, against the true one
 * @param delivered PMIs that reached them
 * @param lost PMIs that should have
 */
public record ReportRow(String scenario, String policy, Steps steps, double guestNanos, long hertz, double countError, long delivered, long lost) {

    private static final String WATCHDOG = "+watchdog";

    /** Of an update of one register. */
    public static ReportRow of(String scenario, String policy, Steps steps) {
        return new ReportRow(scenario, policy, steps, 0, 0, 0, 0, 0);
    }

    /** Of guests that sampled. */
    public static ReportRow of(SamplingScenario.Result result) {
        return new ReportRow(result.scenario().name(), result.policy(), result.steps(), result.guestNanos(), result.scenario().hertz(), result.countError(),
                result.samples(), result.lost());
    }

    /** Whether guests ran, so that there is a slowdown and a count. */
    boolean isOfRun() {
        return guestNanos > 0;
    }

    boolean isWithWatchdog() {
        return scenario.endsWith(WATCHDOG);
    }

    /** Time with the virtual PMU in use against time without. */
    double slowdown(CostTable costs) {
        return 1 + new Bill(steps, costs, policy).nanos() / guestNanos;
    }
}
