package dev.vpmu.dsl.rules.constraints;

import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.pmu.ConstraintRow;
import dev.vpmu.dsl.pmu.CounterSet;
import dev.vpmu.dsl.resolve.CounterText;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Patterns;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** What a row allows and what the rows with {@code within} leave of it have no counter in common. */
public final class EmptyRows implements PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0602", Severity.ERROR, "A row allows a counter, and no 'within' row takes the last one away.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Patterns patterns = new Patterns(pmu);
        List<ConstraintRow> rows = pmu.constraints();
        List<ConstraintRow> narrowing = rows.stream()
                .filter(row -> row.isWithin() && row.getCounters() != null && pmu.counters(row.getCounters()) != 0).toList();
        int codes = Coverage.highestCode(pmu);
        for (ConstraintRow row : rows) {
            if (row.getCounters() == null) {
                continue;
            }
            long allowed = pmu.counters(row.getCounters());
            if (allowed == 0) {
                checkBanks(pmu, row.getCounters(), findings);
            }
            for (EventPattern pattern : allowed == 0 ? List.<EventPattern>of() : patterns.patterns(row.getPattern())) {
                checkNarrowed(pmu, row, narrowing.stream().filter(other -> other != row && pmu.together(row, other)
                        && Coverage.of(pattern, patterns.patterns(other.getPattern()), codes)).toList(), findings);
            }
        }
    }

    private static void checkNarrowed(FlatPmu pmu, ConstraintRow row, List<ConstraintRow> narrowing, Findings findings) {
        long left = pmu.counters(row.getCounters());
        for (ConstraintRow other : narrowing) {
            long narrowed = left & pmu.counters(other.getCounters());
            if (left != 0 && narrowed == 0) {
                findings.report(Places.of(row.getCounters()), "no counter is left: 'within "
                        + CounterText.of(pmu, pmu.counters(other.getCounters())) + "' holds for these events too", Places.of(other));
            }
            left = narrowed;
        }
    }

    /** Counters that do not exist in their banks are another rule's; here no bank of the set is one that can count. */
    private static void checkBanks(FlatPmu pmu, CounterSet set, Findings findings) {
        boolean open = !pmu.isCpu() && set.getTerms().stream().anyMatch(term -> pmu.bank(term.getBank()).isEmpty());
        boolean none = set.getTerms().stream().allMatch(term -> term.getBank() != null && !term.getBank().eIsProxy()
                && pmu.bank(term.getBank()).filter(FlatBank::isCounters).isEmpty());
        if (none && !open) {
            findings.report(Places.of(set), "the row allows no counter: " + pmu.name() + " has no counters of "
                    + set.getTerms().stream().map(term -> term.getBank().getName()).distinct().collect(Collectors.joining(" or ")));
        }
    }
}
