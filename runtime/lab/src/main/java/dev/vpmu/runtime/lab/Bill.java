package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.costs.Price;
import java.util.List;
import java.util.Map;

/**
 * What steps cost: how often each was taken times its price. Nothing else has a price.
 *
 * @param steps the steps
 * @param costs the prices
 * @param policy the design that took the steps
 */
public record Bill(Steps steps, CostTable costs, String policy) {

    /** One line of it; {@code nanos} is the price of all of them together. */
    public record Line(CostStep step, long count, double price, double nanos) {
    }

    /**
     * A line for each step that was taken.
     *
     * @throws IllegalArgumentException if the table has no price for one
     */
    public List<Line> lines() {
        return steps.taken().entrySet().stream().map(this::line).toList();
    }

    private Line line(Map.Entry<CostStep, Long> taken) {
        double price = costs.nanos(taken.getKey().text(), policy);
        return new Line(taken.getKey(), taken.getValue(), price, taken.getValue() * price);
    }

    /** End to end, in nanoseconds. */
    public double nanos() {
        return lines().stream().mapToDouble(Line::nanos).sum();
    }

    /** Without what the CPU does by itself when guest mode is left and entered, in nanoseconds. */
    public double handlerNanos() {
        return lines().stream().filter(line -> line.step().isOfHandler()).mapToDouble(Line::nanos).sum();
    }

    /** The prices that nobody has measured, of steps that were taken. */
    public List<Price> assumed() {
        return steps.taken().keySet().stream().flatMap(step -> costs.price(step.text(), policy).stream()).filter(Price::isAssumed).toList();
    }

    /** The same steps by other prices. */
    public Bill by(CostTable other) {
        return new Bill(steps, other, policy);
    }
}
