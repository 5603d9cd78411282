package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;

/** A width that no counter has, that CPUID has no room for, or none at all. */
public final class CounterWidth implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0301", Severity.ERROR, "Counters of a CPU have a width of 1 to 64 bits, one that CPUID can report.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        // what a statement says by itself is wrong whatever its bank is, also one that could not be read
        PmuChain.statements(pmu.pmu(), Counters.class).forEach(counters -> checkRange(counters, findings));
        for (FlatBank bank : pmu.banks()) {
            if (bank.declaration() instanceof Counters counters) {
                check(pmu, bank, counters, findings);
            }
        }
    }

    private static void checkRange(Counters counters, Findings findings) {
        if (counters.getWidth() != null && (counters.getWidth() == 0 || Long.compareUnsigned(counters.getWidth(), Long.SIZE) > 0)) {
            findings.report(Places.of(counters, PMU.getCounters_Width()), "'" + Places.text(counters, PMU.getCounters_Bank()) + "' cannot be "
                    + Long.toUnsignedString(counters.getWidth()) + " bits wide; a counter has 1 to 64 bits");
        }
    }

    private static void check(FlatPmu pmu, FlatBank bank, Counters counters, Findings findings) {
        String name = "'" + bank.bank().getName() + "'";
        if (counters.getWidth() == null) {
            if (pmu.isCpu() && !Places.isWritten(counters, PMU.getCounters_Width())) {
                findings.report(Places.of(counters), name + " has no width; end the statement with 'width 48 bits', or what the CPU has");
            }
            return;
        }
        if (bank.width() == 0 || bank.width() > Long.SIZE) {
            return;
        }
        for (CpuidField field : pmu.cpuidFields()) {
            int bits = Math.abs(Numbers.high(field.getRange()) - Numbers.low(field.getRange())) + 1;
            if (field.isWidth() && field.getBank() == bank.bank() && !Bits.fits(bank.width(), bits)) {
                findings.report(Places.of(counters, PMU.getCounters_Width()), "CPUID has " + bits + " bits for the width of " + name
                        + ", up to " + Bits.mask(0, bits) + ", and cannot report " + bank.width(), Places.of(field));
            }
        }
    }
}
