package dev.vpmu.runtime.costs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * What the steps cost that a machine of one CPU takes. A class for each {@code costs} of a {@code .pmu} file says so; {@link #of} finds them.
 *
 * @param name its name
 * @param cpu the CPU's name
 * @param isFitted whether its prices were made to give published figures; every result that comes from it has to say so
 * @param hertz how fast the cycles are that prices are in; 0 where no price is
 * @param prices the prices, a step, or a step of a policy, once each
 */
public record CostTable(String name, String cpu, boolean isFitted, long hertz, List<Price> prices) {

    /** What has a table. */
    public interface Source {

        /** The table. */
        CostTable table();
    }

    public CostTable {
        prices = List.copyOf(prices);
    }

    /** All tables that are found on the class path, by name. */
    public static List<CostTable> all() {
        Map<String, CostTable> tables = new TreeMap<>();
        for (Source source : ServiceLoader.load(Source.class)) {
            tables.put(source.table().name(), source.table());
        }
        return List.copyOf(tables.values());
    }

    /** Those for a CPU. */
    public static List<CostTable> of(String cpu) {
        return all().stream().filter(table -> table.cpu().equals(cpu)).toList();
    }

    /** The price of a step under a policy: its own, or that of all. */
    public Optional<Price> price(String step, String policy) {
        return prices.stream().filter(price -> price.step().equals(step) && (price.policy().equals(policy) || price.policy().isEmpty()))
                .max((a, b) -> Integer.compare(a.policy().length(), b.policy().length()));
    }

    /**
     * What a step costs, in nanoseconds.
     *
     * @throws IllegalArgumentException if the table has no price for it
     */
    public double nanos(String step, String policy) {
        return price(step, policy).map(price -> price.nanos(hertz))
                .orElseThrow(() -> new IllegalArgumentException("costs " + name + " have no price for " + step + ", which " + policy + " takes"));
    }

    /** The same table with one price times {@code factor}. */
    public CostTable with(Price changed, double factor) {
        Map<Price, Price> next = new LinkedHashMap<>();
        prices.forEach(price -> next.put(price, price.equals(changed)
                ? new Price(price.step(), price.policy(), price.low() * factor, price.high() * factor, price.unit(), price.sources(), price.isAssumed()) : price));
        return new CostTable(name, cpu, isFitted, hertz, List.copyOf(next.values()));
    }
}
