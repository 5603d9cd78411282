package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.WriteAttribute;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;

/** A write that extends the sign of more bits than the counter has. */
public final class SignExtension implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0305", Severity.ERROR, "Writes extend the sign of at least 1 bit and at most as many as the counter has.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        for (Register register : pmu.registers()) {
            RegisterFacts.attribute(register, WriteAttribute.class).filter(write -> write.getBits() != null)
                    .ifPresent(write -> check(register, write, pmu, findings));
        }
    }

    private static void check(Register register, WriteAttribute write, FlatPmu pmu, Findings findings) {
        int bits = Numbers.intOf(write.getBits());
        Place place = Places.of(write, PMU.getWriteAttribute_Bits());
        FlatBank bank = register.getBank() == null ? null : pmu.knownBank(register.getBank()).orElse(null);
        if (bits == 0 || bits > Long.SIZE) {
            findings.report(place, "there is no sign to extend in " + write.getBits() + " bits; say 1 to 64");
        } else if (bank != null && bank.width() > 0 && bits > bank.width() && bank.declaration() instanceof Counters counters) {
            String message = "'" + bank.bank().getName() + "' has " + bank.width() + " bits, and '" + register.getName()
                    + "' extends the sign of " + bits + "; ";
            if (pmu.depth(counters) > pmu.depth(register)) {
                findings.report(Places.of(counters, PMU.getCounters_Width()), message
                        + "declare the register anew, with 'write sign-extends " + bank.width() + " bits' or 'write truncates'", place);
            } else {
                findings.report(place, message + "write at most " + bank.width(), Places.of(counters));
            }
        }
    }
}
