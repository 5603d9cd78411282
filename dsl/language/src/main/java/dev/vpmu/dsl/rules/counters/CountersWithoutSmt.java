package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.ArrayList;
import java.util.List;

/** A counter that is there with SMT only; a core that runs one thread has at least those of a core that runs two. */
public final class CountersWithoutSmt implements FileRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0303", Severity.ERROR, "Every counter that exists with SMT exists without it.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(Pmu.class::isInstance).map(Pmu.class::cast)
                .flatMap(pmu -> PmuChain.statements(pmu, Counters.class).stream()).forEach(counters -> check(counters, findings));
    }

    private static void check(Counters counters, Findings findings) {
        if (counters.getIndexes() == null || counters.getIndexesWithoutSmt() == null) {
            return;
        }
        List<Integer> without = Numbers.indexes(counters.getIndexesWithoutSmt());
        List<Integer> missing = new ArrayList<>(Numbers.indexes(counters.getIndexes()));
        missing.removeAll(without);
        if (!missing.isEmpty() && !without.isEmpty()) {
            findings.report(Places.of(counters.getIndexesWithoutSmt()), "counter " + IndexText.of(missing)
                    + " exists with SMT but not without it; name here all that a core has when it runs one thread",
                    Places.of(counters.getIndexes()));
        }
    }
}
