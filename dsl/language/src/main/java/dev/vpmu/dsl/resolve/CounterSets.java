package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.CounterSet;
import dev.vpmu.dsl.pmu.CounterTerm;
import java.util.Collections;
import java.util.List;

/** What can be said of sets of counters before it is known which counters there are. */
public final class CounterSets {

    private CounterSets() {
    }

    /** Whether no counter can be in both; no set means every counter. */
    public static boolean disjoint(CounterSet a, CounterSet b) {
        return a != null && b != null
                && a.getTerms().stream().allMatch(one -> b.getTerms().stream().allMatch(other -> disjoint(one, other)));
    }

    /** Whether the set names a counter, whether there is one or not; no set names every counter. */
    static boolean contain(CounterSet set, Bank bank, int index) {
        return set == null || set.getTerms().stream().anyMatch(term -> term.getBank() == bank
                && (term.getIndexes() == null || Numbers.indexes(term.getIndexes()).contains(index)));
    }

    private static boolean disjoint(CounterTerm a, CounterTerm b) {
        if (a.getBank() != b.getBank()) {
            return true;
        }
        if (a.getIndexes() == null || b.getIndexes() == null) {
            return false;
        }
        List<Integer> indexes = Numbers.indexes(a.getIndexes());
        return Collections.disjoint(indexes, Numbers.indexes(b.getIndexes()));
    }
}
