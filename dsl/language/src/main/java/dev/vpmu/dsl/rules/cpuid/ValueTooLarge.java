package dev.vpmu.dsl.rules.cpuid;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.ArchitecturalAttribute;
import dev.vpmu.dsl.pmu.BitRange;
import dev.vpmu.dsl.pmu.CapabilityValue;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Version;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.LeafResolver;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;

/** A value that the bits which report it cannot hold. A counter's width is {@code CounterWidth}'s. */
public final class ValueTooLarge implements FileRule, PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;
    private static final int LAST_BIT = 31;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0402", Severity.ERROR, "What CPUID or a capabilities register reports fits into the bits that report it.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(Pmu.class::isInstance).forEach(pmu -> EcoreUtil2.eAllContents(pmu).forEach(element -> {
            if (element instanceof CapabilityValue value && value.getCapability() != null && value.getValue() != null) {
                bits(value.getCapability().eContainer()).filter(bits -> !Bits.fits(value.getValue(), width(bits))).ifPresent(bits ->
                        findings.report(Places.of(value, PMU.getCapabilityValue_Value()),
                                tooLarge("'" + value.getCapability().getName() + "'", width(bits), value.getValue()),
                                Places.ofName(value.getCapability())));
            } else if (element instanceof CpuidField field && field.getRange() != null) {
                check(field, findings);
            }
        }));
    }

    private static void check(CpuidField field, Findings findings) {
        if (CpuidBits.high(field) > LAST_BIT) {
            findings.report(Places.of(field, PMU.getCpuidField_Range()), field.getRegister() + " has bits 0 to " + LAST_BIT
                    + ", and no bit " + CpuidBits.high(field));
        } else if (field.getConstant() != null && !Bits.fits(field.getConstant(), CpuidBits.width(field))) {
            findings.report(Places.of(field, PMU.getCpuidField_Constant()),
                    tooLarge("the constant", CpuidBits.width(field), field.getConstant()), Places.of(field, PMU.getCpuidField_Range()));
        }
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        for (CpuidField field : pmu.cpuidFields()) {
            int width = CpuidBits.width(field);
            if (field.isVersion() && !Bits.fits(pmu.version(), width)) {
                pmu.nearest(Version.class).ifPresent(version -> findings.report(Places.of(version, PMU.getVersion_Number()),
                        tooLarge("the version", width, pmu.version()), Places.of(field)));
            } else if (field.isLength() || field.isAbsent()) {
                checkEvents(field, pmu, findings);
            } else if (field.getBank() != null && !field.isWidth()) {
                pmu.knownBank(field.getBank()).ifPresent(bank -> checkCounters(field, bank, pmu, findings));
            }
        }
    }

    private static void checkCounters(CpuidField field, FlatBank bank, FlatPmu pmu, Findings findings) {
        int width = CpuidBits.width(field);
        boolean withSmt = fits(field, bank.withSmt(), width, pmu, true);
        if (bank.declaration() instanceof Counters counters && !(withSmt && fits(field, bank.withoutSmt(), width, pmu, false))) {
            Place place = Places.of(withSmt ? counters.getIndexesWithoutSmt() : counters.getIndexes());
            List<Integer> indexes = withSmt ? bank.withoutSmt() : bank.withSmt();
            findings.report(place, field.isPresent()
                    ? "CPUID has " + width + " bits for the counters of '" + bank.bank().getName() + "', and none for counter "
                            + indexes.get(indexes.size() - 1)
                    : tooLarge("the number of '" + bank.bank().getName() + "'", width, LeafResolver.value(pmu, field, !withSmt)),
                    Places.of(field));
        }
    }

    private static boolean fits(CpuidField field, List<Integer> indexes, int width, FlatPmu pmu, boolean smt) {
        return field.isPresent() ? indexes.isEmpty() || indexes.get(indexes.size() - 1) < width
                : Bits.fits(LeafResolver.value(pmu, field, smt), width);
    }

    /** The highest bit of an architectural event decides both how long EBX is and whether it has a bit for the event. */
    private static void checkEvents(CpuidField field, FlatPmu pmu, Findings findings) {
        Optional<Event> last = pmu.events().stream().max(Comparator.comparingInt(LeafResolver::architecturalBit));
        int bit = last.map(LeafResolver::architecturalBit).orElse(-1);
        int width = CpuidBits.width(field);
        if (field.isLength() ? Bits.fits(bit + 1L, width) : bit < width) {
            return;
        }
        last.get().getAttributes().stream().filter(ArchitecturalAttribute.class::isInstance).findFirst().ifPresent(attribute ->
                findings.report(Places.of(attribute, PMU.getArchitecturalAttribute_Bit()), field.isLength()
                        ? tooLarge("the length of architectural events", width, bit + 1L)
                        : "CPUID has " + width + " bits for absent architectural events, and no bit " + bit, Places.of(field)));
    }

    private static Optional<BitRange> bits(EObject declaration) {
        return declaration instanceof CpuidField field ? Optional.ofNullable(field.getRange())
                : declaration instanceof Field field ? Optional.ofNullable(field.getRange()) : Optional.empty();
    }

    private static int width(BitRange range) {
        return Math.abs(Numbers.high(range) - Numbers.low(range)) + 1;
    }

    private static String tooLarge(String what, int width, long value) {
        return what + " has " + width + (width == 1 ? " bit" : " bits") + ", up to " + Bits.mask(0, width) + "; "
                + Long.toUnsignedString(value) + " does not fit";
    }
}
