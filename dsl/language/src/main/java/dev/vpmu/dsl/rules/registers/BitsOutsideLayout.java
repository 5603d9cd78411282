package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.ResetAttribute;
import dev.vpmu.dsl.pmu.ValidAttribute;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.LayoutBits;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.Optional;

/** {@code reset} or {@code valid} of a register has bits that its layout does not have. */
public final class BitsOutsideLayout implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0206", Severity.ERROR, "'reset' and 'valid' set only bits that the register's layout has.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        for (Register register : pmu.registers()) {
            Optional<FlatLayout> layout = pmu.layout(register).filter(bits -> bits.reserved() != ReservedBits.KEEP);
            if (layout.isEmpty()) {
                continue;
            }
            RegisterFacts.attribute(register, ValidAttribute.class).filter(valid -> valid.getMask() != null).ifPresent(valid ->
                    check(valid.getMask(), "valid", Places.of(valid, PMU.getValidAttribute_Mask()), layout.get(), pmu, findings));
            RegisterFacts.attribute(register, ResetAttribute.class).ifPresent(reset -> {
                if (reset.getValue() != null) {
                    check(reset.getValue(), "reset", Places.of(reset, PMU.getResetAttribute_Value()), layout.get(), pmu, findings);
                } else if (reset.getBank() != null) {
                    pmu.knownBank(reset.getBank()).map(FlatBank::counters).ifPresent(counters -> check(counters, "reset "
                            + reset.getBank().getName(), Places.of(reset, PMU.getResetAttribute_Bank()), layout.get(), pmu, findings));
                }
            });
        }
    }

    private static void check(long word, String what, Place place, FlatLayout layout, FlatPmu pmu, Findings findings) {
        LayoutBits bits = new LayoutBits(pmu, layout);
        long possible = layout.fields().stream().mapToLong(field -> possible(field, bits, pmu)).reduce(0, (a, b) -> a | b)
                & Bits.mask(0, layout.width());
        long outside = word & ~possible;
        if (outside != 0) {
            findings.report(place, "'" + what + "' sets " + Numbers.hex(outside) + ", which layout '" + layout.layout().getName() + "' of '"
                    + pmu.name() + "' does not have; within it this is " + Numbers.hex(word & possible), Places.ofName(layout.layout()));
        }
    }

    /** The bits of a field; of an array over a bank that is not known yet, those of every counter there could be. */
    private static long possible(FlatField field, LayoutBits bits, FlatPmu pmu) {
        if (field.array() == null || field.array().getBank() != null && pmu.knownBank(field.array().getBank()).isPresent()) {
            return bits.of(field);
        }
        long mask = 0;
        for (int index = 0; index < Long.SIZE; index++) {
            mask |= field.maskOf(index);
        }
        return mask;
    }
}
