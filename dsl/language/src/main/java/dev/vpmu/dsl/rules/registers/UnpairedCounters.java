package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A counter of a cpu can be programmed but not read, or read but not programmed. */
public final class UnpairedCounters implements PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0207", Severity.ERROR, "A counter of a CPU with a selector has a value register, and the reverse.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        List<Register> selectors = pmu.registers(RegisterRole.SELECTOR);
        if (!pmu.isCpu() || selectors.stream().anyMatch(selector -> pmu.layout(selector).isEmpty())) {
            return;
        }
        Map<Bank, Map<Integer, Register>> programmed = new LinkedHashMap<>();
        Map<Bank, Map<Integer, Register>> read = new LinkedHashMap<>();
        selectors.forEach(selector -> addSelector(selector, pmu, programmed));
        pmu.registers(RegisterRole.VALUE).forEach(value -> add(value, value.getBank(), RegisterFacts.indexes(value, pmu), read));
        for (FlatBank bank : pmu.banks()) {
            Map<Integer, Register> selectorOf = programmed.getOrDefault(bank.bank(), Map.of());
            Map<Integer, Register> valueOf = read.getOrDefault(bank.bank(), Map.of());
            report(bank, selectorOf, valueOf, "has a selector but no value register; declare one that 'is value'", findings);
            report(bank, valueOf, selectorOf, "has a value but no selector; declare one, or an array over '" + bank.bank().getName()
                    + "' in the layout of one", findings);
        }
    }

    /** A selector programs the counter of its own element; one that stands alone, those that its layout's arrays are for. */
    private static void addSelector(Register selector, FlatPmu pmu, Map<Bank, Map<Integer, Register>> programmed) {
        if (selector.getBank() != null) {
            add(selector, selector.getBank(), RegisterFacts.indexes(selector, pmu), programmed);
            return;
        }
        Optional<FlatLayout> layout = pmu.layout(selector);
        layout.ifPresent(bits -> bits.fields().stream().filter(field -> field.array() != null)
                .map(field -> field.array().getBank()).distinct()
                .forEach(bank -> add(selector, bank, pmu.bank(bank).map(FlatBank::indexes).orElse(List.of()), programmed)));
    }

    private static void add(Register register, Bank bank, List<Integer> indexes, Map<Bank, Map<Integer, Register>> counters) {
        Map<Integer, Register> registers = counters.computeIfAbsent(bank, key -> new TreeMap<>());
        indexes.forEach(index -> registers.putIfAbsent(index, register));
    }

    private static void report(FlatBank bank, Map<Integer, Register> there, Map<Integer, Register> missing, String what,
            Findings findings) {
        Map<Register, List<Integer>> alone = new LinkedHashMap<>();
        there.forEach((index, register) -> {
            if (!missing.containsKey(index) && bank.indexes().contains(index)) {
                alone.computeIfAbsent(register, key -> new ArrayList<>()).add(index);
            }
        });
        alone.forEach((register, indexes) -> findings.report(Places.ofName(register),
                "'" + bank.bank().getName() + "[" + IndexText.of(indexes) + "]' " + what, Places.of(bank.declaration())));
    }
}
