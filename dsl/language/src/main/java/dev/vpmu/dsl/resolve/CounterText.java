package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.IndexText;
import java.util.ArrayList;
import java.util.List;

/** Writes masks of counters as the language does: {@code gp[0..3] or fixed[1]}. */
public final class CounterText {

    private CounterText() {
    }

    /** The counters of a global mask that the pmu has; {@code no counter} where there is none. */
    public static String of(FlatPmu pmu, long counters) {
        List<String> terms = new ArrayList<>();
        for (FlatBank bank : pmu.banks()) {
            List<Integer> indexes = bank.indexes().stream().filter(index -> (bank.mask(List.of(index)) & counters) != 0).toList();
            if (!indexes.isEmpty()) {
                terms.add(bank.bank().getName() + "[" + IndexText.of(indexes) + "]");
            }
        }
        return terms.isEmpty() ? "no counter" : String.join(" or ", terms);
    }
}
