package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.CounterTerm;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.resolve.UnreadText;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.xtext.EcoreUtil2;

/**
 * A field is limited to counters for which no register with its layout has an element, on any of the CPUs: one with fewer
 * counters than its family may keep the family's layout.
 */
public final class FieldsOnCounters implements SetRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0106", Severity.ERROR, "A field is limited to counters for which its register has an element.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    /** What the registers that have a field say of one bank that it is limited to. */
    private static final class Elements {
        private final FlatField field;
        private final Register register;
        private boolean hasBank;
        private final TreeSet<Integer> indexes = new TreeSet<>();

        Elements(FlatField field, Register register) {
            this.field = field;
            this.register = register;
        }
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        Map<CounterTerm, Elements> limits = new LinkedHashMap<>();
        for (FlatPmu pmu : pmus) {
            for (Register register : pmu.registers()) {
                pmu.layout(register).ifPresent(layout -> layout.fields().stream().filter(field -> field.field().getCounters() != null)
                        .forEach(field -> collect(pmu, register, field, limits)));
            }
        }
        limits.forEach((term, elements) -> {
            if (files.contains(EcoreUtil2.getContainerOfType(term, PmuFile.class))) {
                check(term, elements, findings);
            }
        });
    }

    private static void collect(FlatPmu pmu, Register register, FlatField field, Map<CounterTerm, Elements> limits) {
        Bank over = field.array() == null ? register.getBank() : field.array().getBank();
        for (CounterTerm term : field.field().getCounters().getTerms()) {
            if (term.getBank() == null || term.getBank().eIsProxy() || !isRead(term)) {
                continue;
            }
            Elements elements = limits.computeIfAbsent(term, limit -> new Elements(field, register));
            if (over == term.getBank()) {
                elements.hasBank = true;
                elements.indexes.addAll(field.array() == null ? RegisterFacts.indexes(register, pmu)
                        : pmu.bank(over).map(FlatBank::indexes).orElse(List.of()));
            }
        }
    }

    private static boolean isRead(CounterTerm term) {
        return term.getIndexes() == null || term.getIndexes().getRanges().stream().allMatch(UnreadText::hasItsNumbers);
    }

    private static void check(CounterTerm term, Elements elements, Findings findings) {
        String limited = "field '" + elements.field.name() + "' is limited to ";
        Place register = Places.ofName(elements.register);
        if (!elements.hasBank) {
            findings.report(Places.of(term), limited + "counters of '" + term.getBank().getName() + "', but " + actual(elements), register);
            return;
        }
        TreeSet<Integer> missing = new TreeSet<>(Numbers.indexes(term.getIndexes()));
        missing.removeAll(elements.indexes);
        if (!missing.isEmpty() && !elements.indexes.isEmpty()) {
            findings.report(Places.of(term), limited + term.getBank().getName() + "[" + missing.first() + "], but "
                    + elements.register.getName() + " has no element for that counter, only for " + elements.indexes.first()
                    + (elements.indexes.size() == 1 ? "" : " to " + elements.indexes.last()), register);
        }
    }

    private static String actual(Elements elements) {
        String register = elements.register.getName();
        if (elements.field.array() != null) {
            return "stands in an array over another bank";
        }
        return elements.register.getBank() == null
                ? register + " is one register for all counters; write the field in an 'each' over the bank"
                : register + " has one element for each counter of '" + elements.register.getBank().getName() + "'";
    }
}
