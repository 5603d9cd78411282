package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results of scenarios, a line each; below a result what was lost and why, and what became of the host's events. */
public final class ScenarioTable {

    private ScenarioTable() {
    }

    /** The table; of scenarios with the watchdog only those in which something is lost. */
    public static List<String> lines(List<Scenario.Result> results, CostTable stepwise, CostTable fitted) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-27s %-26s %12s %12s %11s %9s %6s", "guests that profile", "policy", "slower", "fitted", "count error", "PMIs", "lost"));
        for (Scenario.Result result : results) {
            if (!result.scenario().watchdog() || isLossy(result)) {
                lines.add(String.format(Locale.ROOT, "%-27s %-26s %11.4fx %11.4fx %11.6f %9d %6d", result.scenario().name(), result.policy(), result.slowdown(stepwise),
                        result.slowdown(fitted), result.countError(), result.samples(), result.lost()));
                if (isLossy(result)) {
                    lines.add("    lost because: " + result.losses().entrySet().stream().map(loss -> loss.getKey() + " (" + loss.getValue() + " times)").collect(Collectors.joining("; ")));
                }
                if (result.scenario().hostCompetes()) {
                    lines.add("    the host's " + result.host());
                }
            }
        }
        return lines;
    }

    private static boolean isLossy(Scenario.Result result) {
        return result.countError() != 0 || result.lost() != 0;
    }
}
