package dev.vpmu.dsl.rules.constraints;

import dev.vpmu.dsl.pmu.ConstraintRow;
import dev.vpmu.dsl.pmu.CounterTerm;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** An event that takes a pair of counters could be put where the second one does not exist. */
public final class MissingPartners implements PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0604", Severity.ERROR, "A counter of a 'paired with' row has a next one, with SMT on and off.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        for (ConstraintRow row : pmu.constraints()) {
            if (row.getPartner() != null && row.getCounters() != null && !row.isWithin()) {
                row.getCounters().getTerms().forEach(term -> check(pmu, term, findings));
            }
        }
    }

    private static void check(FlatPmu pmu, CounterTerm term, Findings findings) {
        FlatBank bank = pmu.bank(term.getBank()).filter(FlatBank::isCounters).orElse(null);
        if (bank == null) {
            return;
        }
        List<Integer> named = term.getIndexes() == null ? bank.indexes() : Numbers.indexes(term.getIndexes());
        for (int index : named) {
            boolean alone = bank.withSmt().contains(index) && !bank.withSmt().contains(index + 1)
                    || bank.withoutSmt().contains(index) && !bank.withoutSmt().contains(index + 1);
            if (alone) {
                String name = bank.bank().getName();
                boolean smt = bank.withoutSmt().contains(index + 1);
                findings.report(Places.of(term), "a pair that begins on " + name + "[" + index + "] needs " + name + "[" + (index + 1)
                        + "], which " + pmu.name() + " does not have" + (smt ? " with SMT on" : ""), Places.of(bank.declaration()));
                return;
            }
        }
    }
}
