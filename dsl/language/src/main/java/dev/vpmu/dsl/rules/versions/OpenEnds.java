package dev.vpmu.dsl.rules.versions;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cpu of which something is missing that everything built on it needs. */
public final class OpenEnds implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0803", Severity.ERROR,
                "A cpu leaves nothing open: it says its counters and their registers, how RDPMC reads them, and how they interrupt.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        if (!pmu.isCpu()) {
            return;
        }
        Place name = Places.ofName(pmu.pmu());
        if (pmu.selector().isEmpty()) {
            findings.report(name, pmu.name() + " has no selector with an event code, so it can count no event; "
                    + "declare 'msr ...[...] is selector ...', or extend a pmu that does");
            return;
        }
        List<String> missing = new ArrayList<>();
        banksWithoutCounters(pmu).forEach(register -> missing.add(isRecords(register.getBank())
                ? "no 'branch records " + register.getBank().getName() + "' for " + register.getName()
                : "no 'counters " + register.getBank().getName() + "' for " + register.getName()));
        if (pmu.rdpmc().isEmpty()) {
            missing.add("no 'rdpmc'");
        }
        if (pmu.interrupt().isEmpty()) {
            missing.add("no 'pmi'");
        }
        if (!missing.isEmpty()) {
            findings.report(name, pmu.name() + " has " + String.join(", ", missing));
        }
        Set<Bank> used = new HashSet<>();
        pmu.registers().forEach(register -> used.add(register.getBank()));
        pmu.banks().stream().filter(bank -> !used.contains(bank.bank())).forEach(bank -> findings.report(place(bank), pmu.name()
                + " has no register for " + bank.bank().getName() + "; declare 'msr ...[" + bank.bank().getName() + "]'"));
    }

    /** Of each bank that has registers but nothing in it the first register. */
    private static List<Register> banksWithoutCounters(FlatPmu pmu) {
        Map<Bank, Register> first = new LinkedHashMap<>();
        for (Register register : pmu.registers()) {
            Bank bank = register.getBank();
            if (bank != null && !bank.eIsProxy() && pmu.bank(bank).isEmpty()) {
                first.putIfAbsent(bank, register);
            }
        }
        return List.copyOf(first.values());
    }

    private static boolean isRecords(Bank bank) {
        return bank.getIndex() == null;
    }

    private static Place place(FlatBank bank) {
        return Places.of(bank.declaration(), bank.declaration() instanceof Counters ? PMU.getCounters_Bank() : PMU.getBranchRecords_Bank());
    }
}
