package dev.vpmu.runtime.lab.report;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Bill;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Steps;
import dev.vpmu.runtime.lab.scenario.RegisterUpdate;
import dev.vpmu.runtime.lab.scenario.UpdateScenario;
import dev.vpmu.runtime.vpmu.Allowance;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One update under two designs, side by side: steps, how often, what they cost. */
public final class UpdateTable {

    /** The published figures for a control register, in nanoseconds, and what they are called. */
    private static final double PUBLISHED_TRADITIONAL = 2_500_000;
    private static final double PUBLISHED_OPTIMIZED = 400;

    private final RegisterUpdate update;
    private final VpmuDesign traditional;
    private final VpmuDesign optimized;
    private final Steps before;
    private final Steps after;
    private final List<String> lines = new ArrayList<>();

    /** Runs an update under a traditional and an optimized design. */
    public UpdateTable(Cpu cpu, RegisterUpdate update, VpmuDesign traditional, VpmuDesign optimized) {
        this.update = update;
        this.traditional = traditional;
        this.optimized = optimized;
        this.before = new UpdateScenario(update, false).run(cpu, traditional).steps();
        this.after = new UpdateScenario(update, false).run(cpu, optimized).steps();
    }

    /** The traditional design's bill. */
    public Bill traditional(CostTable costs) {
        return new Bill(before, costs, traditional.name());
    }

    /** The optimized design's bill. */
    public Bill optimized(CostTable costs) {
        return new Bill(after, costs, optimized.name());
    }

    /** How many times cheaper the optimized one is, end to end. */
    public double ratio(CostTable costs) {
        return traditional(costs).nanos() / optimized(costs).nanos();
    }

    /** How many times cheaper its handler is. */
    public double handlerRatio(CostTable costs) {
        return traditional(costs).handlerNanos() / optimized(costs).handlerNanos();
    }

    /** {@link #ratio} with each assumed price halved and doubled, one at a time: the least and the most. */
    public DoubleSummaryStatistics range(CostTable costs) {
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        range.accept(ratio(costs));
        for (Price price : costs.prices()) {
            if (price.isAssumed()) {
                range.accept(ratio(costs.with(price, 1.0 / 2)));
                range.accept(ratio(costs.with(price, 2)));
            }
        }
        return range;
    }

    /** The table by every list of prices. */
    public List<String> lines(List<CostTable> tables) {
        lines.clear();
        add("%s: one update of a register by a guest, under %s and under %s", update.text(), traditional, optimized);
        for (VpmuDesign design : List.of(traditional, optimized)) {
            for (Allowance allowance : design.allowances()) {
                add("  %s is not safe: %s is let through, %s", design, allowance.rule(), allowance.reason());
            }
        }
        tables.forEach(this::table);
        return List.copyOf(lines);
    }

    private void table(CostTable costs) {
        Bill left = traditional(costs);
        Bill right = optimized(costs);
        add("");
        add("  prices %s%s", costs.name(), costs.isFitted() ? ": FITTED to the two published figures, and to nothing else" : ": each from its own source, or assumed (*)");
        add("    %-14s %12s   %6s %16s   %6s %16s", "step", "price ns", "count", traditional.name(), "count", optimized.name());
        Set<CostStep> steps = EnumSet.noneOf(CostStep.class);
        steps.addAll(before.taken().keySet());
        steps.addAll(after.taken().keySet());
        for (CostStep step : steps) {
            double price = costs.nanos(step.text(), traditional.name());
            add("    %-14s %,12.1f %s %6d %,16.1f   %6d %,16.1f", step.text(), price, costs.price(step.text(), traditional.name()).filter(Price::isAssumed).isPresent() ? "*" : " ",
                    before.count(step), before.count(step) * price, after.count(step), after.count(step) * costs.nanos(step.text(), optimized.name()));
        }
        add("    %-27s   %6s %,16.1f   %6s %,16.1f   %,.0f times cheaper", "end to end", "", left.nanos(), "", right.nanos(), ratio(costs));
        add("    %-27s   %6s %,16.1f   %6s %,16.1f   %,.0f times cheaper", "handler only", "", left.handlerNanos(), "", right.handlerNanos(), handlerRatio(costs));
        if (update == RegisterUpdate.CONTROL_WRITE) {
            double published = PUBLISHED_TRADITIONAL / PUBLISHED_OPTIMIZED;
            add("    %-27s   %6s %,16.1f   %6s %,16.1f   %,.0f times cheaper", "published", "", PUBLISHED_TRADITIONAL, "", PUBLISHED_OPTIMIZED, published);
            if (!costs.isFitted()) {
                DoubleSummaryStatistics range = range(costs);
                add("    the ratio lies between %,.0f and %,.0f if one assumed price is half or double; the published one is %.0f times the modelled one",
                        range.getMin(), range.getMax(), published / handlerRatio(costs));
            }
        }
    }

    private void add(String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments));
    }
}
