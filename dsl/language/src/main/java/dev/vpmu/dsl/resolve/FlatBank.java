package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.pmu.Bank;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.emf.ecore.EObject;

/**
 * The counters or records that a pmu has of one bank.
 *
 * @param bank the bank
 * @param declaration the {@code counters} or {@code branch records} statement
 * @param withSmt the indexes that exist with SMT on
 * @param withoutSmt the indexes that exist with SMT off
 * @param width the counters' width in bits; 0 where none is said
 */
public record FlatBank(Bank bank, EObject declaration, List<Integer> withSmt, List<Integer> withoutSmt, int width) {

    /** Every index that exists in some state of SMT, ascending. */
    public List<Integer> indexes() {
        TreeSet<Integer> all = new TreeSet<>(withSmt);
        all.addAll(withoutSmt);
        return new ArrayList<>(all);
    }

    /** Whether the bank has a place in the mask words. */
    public boolean isCounters() {
        return bank.getIndex() != null;
    }

    /** The bit of counter {@code index} in mask words; beyond 63 if there is none. */
    public long globalIndex(int index) {
        return (long) Numbers.intOf(bank.getIndex()) + index;
    }

    /** The global mask of every counter in some state of SMT. */
    public long counters() {
        return mask(indexes());
    }

    /** The global mask of some of its counters. */
    public long mask(List<Integer> indexes) {
        long mask = 0;
        if (isCounters()) {
            for (int index : indexes) {
                mask |= Bits.mask((int) Math.min(64, globalIndex(index)), 1);
            }
        }
        return mask;
    }
}
