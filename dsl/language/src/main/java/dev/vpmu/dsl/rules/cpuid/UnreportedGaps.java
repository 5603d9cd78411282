package dev.vpmu.dsl.rules.cpuid;

import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.IndexSet;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** A bank with a gap whose counters software counts from 0 on, so that it takes the wrong ones for present. */
public final class UnreportedGaps implements PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0404", Severity.ERROR,
                "A bank with a gap is reported with 'present'; 'leading' and 'number of' count from counter 0 on.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_STATEMENTS;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        if (!pmu.isCpu()) {
            return;
        }
        for (FlatBank bank : pmu.banks()) {
            List<CpuidField> rows = pmu.cpuidFields().stream().filter(row -> row.getBank() == bank.bank()).toList();
            List<CpuidField> counting = rows.stream().filter(row -> row.isLeading() || row.isNumber()).toList();
            if (!counting.isEmpty() && rows.stream().noneMatch(CpuidField::isPresent) && bank.declaration() instanceof Counters counters) {
                check(bank, bank.withSmt(), counters.getIndexes(), counting.get(0), findings);
                check(bank, bank.withoutSmt(), counters.getIndexesWithoutSmt(), counting.get(0), findings);
            }
        }
    }

    private static void check(FlatBank bank, List<Integer> indexes, IndexSet set, CpuidField row, Findings findings) {
        if (set != null && !indexes.isEmpty() && indexes.get(indexes.size() - 1) != indexes.size() - 1) {
            int gap = 0;
            while (indexes.contains(gap)) {
                gap++;
            }
            findings.report(Places.of(set), "CPUID only reports how many counters '" + bank.bank().getName() + "' has, and "
                    + IndexText.of(indexes) + " lacks " + gap + "; add 'present " + bank.bank().getName() + "' to a leaf", Places.of(row));
        }
    }
}
