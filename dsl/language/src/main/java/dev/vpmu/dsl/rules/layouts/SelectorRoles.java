package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RoleAttribute;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The selectors of a bank do not say all that a counter has to be told. */
public final class SelectorRoles implements PmuRule {

    /** What a counter with a selector of its own has to be told. */
    private static final Set<FieldRole> PROGRAMMABLE = EnumSet.of(FieldRole.EVENT_CODE, FieldRole.UNIT_MASK, FieldRole.USER_MODE,
            FieldRole.KERNEL_MODE, FieldRole.INTERRUPT_ENABLE, FieldRole.ENABLE);

    /** What a counter of a fixed event has to be told; counting in either mode enables it. */
    private static final Set<FieldRole> FIXED = EnumSet.of(FieldRole.USER_MODE, FieldRole.KERNEL_MODE, FieldRole.INTERRUPT_ENABLE);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0105", Severity.ERROR, "The selectors of a counter have every role that it needs.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    /** The first selector of some counters, and the roles that no selector of theirs has. */
    private static final class Needs {
        private final Register selector;
        private final FlatLayout layout;
        private final Set<FieldRole> missing = EnumSet.noneOf(FieldRole.class);
        private final Set<FieldRole> had = EnumSet.noneOf(FieldRole.class);

        Needs(Register selector, FlatLayout layout) {
            this.selector = selector;
            this.layout = layout;
        }
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Map<Bank, Needs> banks = new LinkedHashMap<>();
        for (Register register : pmu.registers(RegisterRole.SELECTOR)) {
            if (RegisterFacts.ownLayout(register) != null) {
                pmu.layout(register).ifPresent(layout -> collect(register, layout, banks));
            }
        }
        banks.forEach((bank, needs) -> {
            needs.missing.removeAll(needs.had);
            if (!bank.eIsProxy() && !needs.missing.isEmpty()) {
                report(bank, needs, findings);
            }
        });
    }

    private static void collect(Register register, FlatLayout layout, Map<Bank, Needs> banks) {
        if (register.getBank() != null) {
            banks.computeIfAbsent(register.getBank(), bank -> new Needs(register, layout)).missing.addAll(PROGRAMMABLE);
        }
        for (FlatField field : layout.fields()) {
            Bank bank = field.array() == null ? register.getBank() : field.array().getBank();
            if (bank != null) {
                Needs needs = banks.computeIfAbsent(bank, added -> new Needs(register, layout));
                needs.missing.addAll(FIXED);
                needs.had.add(field.role());
            }
        }
    }

    private static void report(Bank bank, Needs needs, Findings findings) {
        RoleAttribute role = RegisterFacts.attribute(needs.selector, RoleAttribute.class).orElseThrow();
        String layout = needs.layout.layout().getName();
        String missing = needs.missing.stream().map(one -> "'is " + one.text() + "'").collect(Collectors.joining(", "));
        if (needs.had.stream().noneMatch(PROGRAMMABLE::contains)) {
            findings.report(Places.of(role, PmuPackage.eINSTANCE.getRoleAttribute_Layout()), "'" + layout
                    + "' is no layout of a selector: counters of '" + bank.getName() + "' need fields " + missing,
                    Places.ofName(needs.layout.layout()));
        } else {
            findings.report(Places.ofName(needs.layout.layout()), "layout '" + layout + "' lacks " + missing + ", which counters of '"
                    + bank.getName() + "' need; give the role to a field of '" + needs.selector.getName() + "'",
                    Places.ofName(needs.selector));
        }
    }
}
