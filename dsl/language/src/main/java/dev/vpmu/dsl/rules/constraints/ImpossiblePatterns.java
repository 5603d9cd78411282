package dev.vpmu.dsl.rules.constraints;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.pmu.CodeRange;
import dev.vpmu.dsl.pmu.Constraints;
import dev.vpmu.dsl.pmu.Periods;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;

/** A pattern that no event can match. */
public final class ImpossiblePatterns implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0603", Severity.ERROR,
                "A range of codes goes from low to high, and some event can meet the condition on its unit mask.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        int width = pmu.selectorLayout().map(layout -> layout.roleWidth(FieldRole.UNIT_MASK)).orElse(0);
        PmuChain.statements(pmu.pmu(), Constraints.class)
                .forEach(block -> block.getRows().forEach(row -> check(row.getPattern(), width, findings)));
        PmuChain.statements(pmu.pmu(), Periods.class)
                .forEach(block -> block.getRows().forEach(row -> check(row.getPattern(), width, findings)));
    }

    private static void check(dev.vpmu.dsl.pmu.EventPattern pattern, int width, Findings findings) {
        if (pattern == null) {
            return;
        }
        for (CodeRange range : pattern.getCodes()) {
            if (range.getLow() != null && range.getHigh() != null && Long.compareUnsigned(range.getLow(), range.getHigh()) > 0) {
                findings.report(Places.of(range), "the range goes from high to low; write " + Numbers.hex(range.getHigh()) + ".."
                        + Numbers.hex(range.getLow()));
            }
            if (range.getUmask() != null) {
                checkUmask(pattern, range, findings);
            }
        }
        if (pattern.getUmaskAll() != null && width > 0 && !Bits.fits(pattern.getUmaskAll(), width)) {
            findings.report(Places.of(pattern, PMU.getEventPattern_UmaskAll()), "no unit mask has all bits of "
                    + Numbers.hex(pattern.getUmaskAll()) + ": it has " + width + " bits");
        }
        for (int i = 0; i < pattern.getUmaskAny().size(); i++) {
            Long any = pattern.getUmaskAny().get(i);
            if (any != null && (any & (width > 0 ? Bits.mask(0, width) : -1L)) == 0) {
                findings.report(Places.of(pattern, PMU.getEventPattern_UmaskAny(), i), "no unit mask has a bit of " + Numbers.hex(any));
            }
        }
    }

    /** A unit mask beside the code, and a condition on unit masks that it does not meet. */
    private static void checkUmask(dev.vpmu.dsl.pmu.EventPattern pattern, CodeRange range, Findings findings) {
        long umask = range.getUmask();
        boolean fails = pattern.getUmaskAll() != null && (umask & pattern.getUmaskAll()) != pattern.getUmaskAll()
                || pattern.getUmaskAny().stream().anyMatch(any -> any != null && (umask & any) == 0)
                || pattern.isUmaskSeveral() && Long.bitCount(umask) < 2;
        if (fails) {
            findings.report(Places.of(range, PMU.getCodeRange_Umask()), "unit mask " + Numbers.hex(umask)
                    + " does not meet the condition after 'umask'; give only one of the two");
        }
    }
}
