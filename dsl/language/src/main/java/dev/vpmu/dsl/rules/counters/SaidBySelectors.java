package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.FixedCounter;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.CounterControl;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** {@code counter … counts} about a counter whose selector says what it counts, or about records, which count nothing. */
public final class SaidBySelectors implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0307", Severity.ERROR, "'counter … counts' is about a counter whose control has no event code.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        pmu.all(FixedCounter.class).stream().filter(pmu::exists).filter(counter -> counter.getBank() != null && !counter.getBank().eIsProxy())
                .forEach(counter -> check(counter, pmu, findings));
    }

    private static void check(FixedCounter counter, FlatPmu pmu, Findings findings) {
        Bank bank = counter.getBank();
        if (!Places.isWritten(bank, PMU.getBank_Index())) {
            findings.report(Places.of(counter, PMU.getFixedCounter_Bank()), "'" + bank.getName()
                    + "' has no index, so it holds records, which count nothing; name a counter, or write 'bank " + bank.getName()
                    + " index 0', or another free bit", Places.ofName(bank));
        } else if (counter.getIndex() != null) {
            CounterControl.eventCode(pmu, bank, Numbers.intOf(counter.getIndex()))
                    .filter(code -> pmu.together(counter, code.register()) && pmu.together(counter, code.field().field()))
                    .ifPresent(code -> findings.report(Places.of(counter, PMU.getFixedCounter_Bank()), "'" + bank.getName() + "["
                            + counter.getIndex() + "]' of " + pmu.name() + " counts what '" + code.field().name() + "' of its selector '"
                            + code.register().getName() + "' says; remove the statement, or name a counter whose control has no event code",
                            Places.ofName(code.register())));
        }
    }
}
