package dev.vpmu.dsl.rules.counters;

import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.BranchRecords;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.CounterSet;
import dev.vpmu.dsl.pmu.CounterTerm;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.DistributedAttribute;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventAttribute;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.IndexSet;
import dev.vpmu.dsl.pmu.NumberRange;
import dev.vpmu.dsl.pmu.OnAttribute;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.PreciseAttribute;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.Statement;
import dev.vpmu.dsl.pmu.UseEvents;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.UnreadText;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;

/**
 * A set of counters names one that its bank does not have, or is empty. What is inherited is held against the counters for
 * which it was written: a CPU with fewer than its family may keep the family's constraints and events.
 */
public final class UnknownCounters implements FileRule, PmuRule {

    /** What stands in a statement that says which counters there are, and in few others. */
    private static final Set<String> COUNTERS_WORDS = Set.of("counters", "width", "smt");

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
        for (Pmu part : pmu.chain()) {
            Sets sets = new Sets(pmu, part, findings);
            for (Statement statement : part.getStatements()) {
                if (statement instanceof UseEvents use) {
                    use.getTables().stream().filter(table -> !table.eIsProxy() && tables.add(table))
                            .flatMap(table -> table.getEvents().stream()).forEach(sets::check);
                } else if (pmu.exists(statement)) {
                    EcoreUtil2.eAllContents(statement).forEach(sets::check);
                }
            }
        }
    }

    /** The sets that one part of a chain states, and the counters that they are held against. */
    private static final class Sets {

        private final FlatPmu pmu;
        private final Pmu part;
        private final Findings findings;
        private final Map<Bank, Optional<FlatBank>> banks = new HashMap<>();

        Sets(FlatPmu pmu, Pmu part, Findings findings) {
            this.pmu = pmu;
            this.part = part;
            this.findings = findings;
        }

        void check(Event event) {
            if (event.getEncoding() instanceof CounterEncoding encoding && encoding.getIndex() != null) {
                bank(encoding.getBank()).filter(bank -> pmu.exists(event)).ifPresent(bank -> check(bank,
                        List.of(Numbers.intOf(encoding.getIndex())), Places.of(encoding, PmuPackage.eINSTANCE.getCounterEncoding_Index())));
            }
            for (EventAttribute attribute : event.getAttributes()) {
                CounterSet set = attribute instanceof OnAttribute on ? on.getCounters()
                        : attribute instanceof PreciseAttribute precise ? precise.getCounters()
                        : attribute instanceof DistributedAttribute distributed ? distributed.getCounters() : null;
                if (set != null) {
                    set.getTerms().forEach(this::check);
                }
            }
        }

        void check(EObject element) {
            if (element instanceof CounterTerm term && term.getIndexes() != null) {
                bank(term.getBank()).filter(bank -> exists(term)).ifPresent(bank -> term.getIndexes().getRanges().forEach(range ->
                        check(bank, Numbers.indexes(List.of(range)), Places.of(range))));
            }
        }

        private void check(FlatBank bank, List<Integer> named, Place place) {
            List<Integer> missing = new ArrayList<>(named);
            missing.removeAll(bank.indexes());
            if (!missing.isEmpty() && !bank.indexes().isEmpty()) {
                findings.report(place, "'" + bank.bank().getName() + "' has no counter " + IndexText.of(missing) + ", only "
                        + IndexText.of(bank.indexes()), Places.of(bank.declaration()));
            }
        }

        /** Whether the row or event in which the element stands exists here. */
        private boolean exists(EObject element) {
            for (EObject row = element; row != null && !(row instanceof Statement); row = row.eContainer()) {
                if (!pmu.exists(row)) {
                    return false;
                }
            }
            return true;
        }

        /** The bank, if this is the first of the chain that has both the part and the bank. */
        private Optional<FlatBank> bank(Bank bank) {
            return banks.computeIfAbsent(bank, key -> {
                List<Pmu> above = pmu.chain().subList(0, pmu.chain().size() - 1);
                boolean earlier = above.contains(part) && above.stream().anyMatch(known -> states(known, key));
                boolean unread = key != null && key.getName() != null && pmu.chain().stream()
                        .anyMatch(known -> UnreadText.contains(known, key.getName(), COUNTERS_WORDS));
                return earlier || key == null || unread ? Optional.empty() : pmu.knownBank(key);
            });
        }

        private static boolean states(Pmu part, Bank bank) {
            return part.getStatements().stream().anyMatch(statement -> statement instanceof Counters counters && counters.getBank() == bank
                    || statement instanceof BranchRecords records && records.getBank() == bank);
        }
    }
}
