package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.BranchRecords;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.CounterTerm;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.IndexSet;
import dev.vpmu.dsl.pmu.NumberRange;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.Statement;
import dev.vpmu.dsl.pmu.UseEvents;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;

/**
 * A set of counters names one that its bank does not have, or is empty. What is inherited is held against the counters for
 * which it was written: a CPU with fewer than its family may keep the family's constraints and events.
 */
public final class UnknownCounters implements FileRule, PmuRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0304", Severity.ERROR, "A set names only counters that its bank has, and at least one.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        EcoreUtil2.eAllContents(file).forEach(element -> {
            if (element instanceof NumberRange range && (range.eContainer() instanceof IndexSet || range.eContainer() instanceof Register)
                    && range.getLow() != null && range.getHigh() != null && Long.compareUnsigned(range.getLow(), range.getHigh()) > 0) {
                findings.report(Places.of(range), "no counter is in " + range.getLow() + ".." + range.getHigh() + "; write "
                        + range.getHigh() + ".." + range.getLow());
            }
        });
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Set<EventTable> tables = new LinkedHashSet<>();
        for (Statement statement : pmu.all(Statement.class)) {
            if (statement instanceof UseEvents use) {
                use.getTables().stream().filter(table -> !table.eIsProxy() && tables.add(table))
                        .flatMap(table -> table.getEvents().stream()).filter(pmu::exists)
                        .forEach(event -> check(event, pmu, use, findings));
            } else if (!(statement instanceof Register) && pmu.exists(statement)) {
                EcoreUtil2.eAllContents(statement).forEach(element -> check(element, pmu, statement, findings));
            }
        }
    }

    private static void check(Event event, FlatPmu pmu, Statement use, Findings findings) {
        EcoreUtil2.eAllContents(event).forEach(element -> check(element, pmu, use, findings));
    }

    private static void check(EObject element, FlatPmu pmu, Statement declared, Findings findings) {
        if (element instanceof CounterTerm term && term.getIndexes() != null) {
            FlatBank bank = bank(term.getBank(), pmu, declared);
            if (bank != null && exists(term, pmu)) {
                term.getIndexes().getRanges().forEach(range -> check(bank, Numbers.indexes(List.of(range)), Places.of(range), findings));
            }
        } else if (element instanceof CounterEncoding encoding && encoding.getIndex() != null) {
            FlatBank bank = bank(encoding.getBank(), pmu, declared);
            if (bank != null) {
                check(bank, List.of(Numbers.intOf(encoding.getIndex())),
                        Places.of(encoding, PmuPackage.eINSTANCE.getCounterEncoding_Index()), findings);
            }
        }
    }

    private static void check(FlatBank bank, List<Integer> named, Place place, Findings findings) {
        List<Integer> missing = new ArrayList<>(named);
        missing.removeAll(bank.indexes());
        if (!missing.isEmpty() && !bank.indexes().isEmpty()) {
            findings.report(place, "'" + bank.bank().getName() + "' has no counter " + Numbers.text(missing) + ", only "
                    + Numbers.text(bank.indexes()), Places.of(bank.declaration()));
        }
    }

    /** Whether the row in which the element stands exists here. */
    private static boolean exists(EObject element, FlatPmu pmu) {
        for (EObject row = element; row != null && !(row instanceof Statement); row = row.eContainer()) {
            if (!pmu.exists(row)) {
                return false;
            }
        }
        return true;
    }

    /** The bank, if this is the first of the chain that has both the statement and the bank; {@code null} otherwise. */
    private static FlatBank bank(Bank bank, FlatPmu pmu, Statement declared) {
        List<Pmu> chain = pmu.chain();
        for (Pmu part : chain.subList(pmu.depth(declared), chain.size() - 1)) {
            if (PmuChain.of(part).stream().anyMatch(known -> states(known, bank))) {
                return null;
            }
        }
        return bank == null ? null : pmu.knownBank(bank).orElse(null);
    }

    private static boolean states(Pmu part, Bank bank) {
        return part.getStatements().stream().anyMatch(statement -> statement instanceof Counters counters && counters.getBank() == bank
                || statement instanceof BranchRecords records && records.getBank() == bank);
    }
}
