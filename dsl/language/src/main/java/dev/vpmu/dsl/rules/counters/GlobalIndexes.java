package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counters without a bit of their own in the mask words. */
public final class GlobalIndexes implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0302", Severity.ERROR, "Every counter has a bit of its own in mask words, one of bits 0 to 63.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        List<FlatBank> banks = new ArrayList<>();
        for (FlatBank bank : pmu.banks()) {
            if (!(bank.declaration() instanceof Counters counters)) {
                continue;
            }
            if (bank.isCounters()) {
                banks.add(bank);
                checkEnd(bank, counters, findings);
            } else if (!Places.isWritten(bank.bank(), PMU.getBank_Index())) {
                findings.report(Places.of(counters, PMU.getCounters_Bank()), "'" + bank.bank().getName()
                        + "' has no index, so it holds records, not counters; write 'bank " + bank.bank().getName()
                        + " index 0', or another free bit", Places.ofName(bank.bank()));
            }
        }
        for (int b = 1; b < banks.size(); b++) {
            for (int a = 0; a < b; a++) {
                checkApart(banks.get(a), banks.get(b), pmu, findings);
            }
        }
    }

    private static void checkEnd(FlatBank bank, Counters counters, Findings findings) {
        bank.indexes().stream().filter(index -> bank.globalIndex(index) >= Long.SIZE).findFirst().ifPresent(index -> {
            long first = bank.globalIndex(0);
            if (first >= Long.SIZE) {
                findings.report(Places.of(bank.bank(), PMU.getBank_Index()), "bank '" + bank.bank().getName() + "' begins at bit " + first
                        + "; mask words end at bit 63");
            } else {
                findings.report(place(counters, index), "'" + bank.bank().getName() + "[" + index + "]' would be bit "
                        + bank.globalIndex(index) + "; mask words end at bit 63, which is '" + bank.bank().getName() + "["
                        + (Long.SIZE - 1 - first) + "]'",
                        Places.ofName(bank.bank()));
            }
        });
    }

    /** Reports the first bit that two banks share: at the bank that grows into the other, or that was declared later. */
    private static void checkApart(FlatBank a, FlatBank b, FlatPmu pmu, Findings findings) {
        if (!pmu.together(a.declaration(), b.declaration())) {
            return;
        }
        boolean swap = a.globalIndex(0) == b.globalIndex(0) ? pmu.order().compare(a.declaration(), b.declaration()) < 0
                : a.globalIndex(0) > b.globalIndex(0);
        FlatBank bank = swap ? b : a;
        FlatBank other = swap ? a : b;
        Map<Long, Integer> taken = new TreeMap<>();
        other.indexes().forEach(index -> taken.put(other.globalIndex(index), index));
        bank.indexes().stream().filter(index -> taken.containsKey(bank.globalIndex(index))).findFirst().ifPresent(index -> {
            Bank own = bank.bank();
            long room = other.globalIndex(0) - bank.globalIndex(0);
            findings.report(place((Counters) bank.declaration(), index), "'" + own.getName() + "[" + index + "]' and '"
                    + other.bank().getName() + "[" + taken.get(bank.globalIndex(index)) + "]' are both bit "
                    + bank.globalIndex(index) + " of mask words; "
                    + (room == 0 ? "give the banks different indexes"
                            : "'" + own.getName() + "' has room for " + room + " counters before '" + other.bank().getName() + "'"),
                    Places.of(other.declaration()));
        });
    }

    private static Place place(Counters counters, int index) {
        return Places.of(Numbers.indexes(counters.getIndexes()).contains(index) || counters.getIndexesWithoutSmt() == null
                ? counters.getIndexes() : counters.getIndexesWithoutSmt());
    }
}
