package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.CounterSet;
import dev.vpmu.dsl.pmu.CounterTerm;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.IndexSet;
import dev.vpmu.dsl.pmu.NumberRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The counters and records that a pmu has, and the masks of sets of them. */
final class FlatCounters {

    private final FlatPmu pmu;
    private final Map<Bank, FlatBank> banks = new LinkedHashMap<>();
    private final Map<Bank, Long> masks = new LinkedHashMap<>();

    FlatCounters(FlatPmu pmu) {
        this.pmu = pmu;
        List<FlatBank> found = new ArrayList<>();
        Map<Bank, Counters> counters = new LinkedHashMap<>();
        pmu.all(Counters.class).stream().filter(statement -> statement.getBank() != null && !statement.getBank().eIsProxy())
                .filter(pmu::exists).forEach(statement -> counters.put(statement.getBank(), statement));
        counters.forEach((bank, statement) -> {
            List<Integer> withSmt = Numbers.indexes(statement.getIndexes());
            List<Integer> withoutSmt = statement.getIndexesWithoutSmt() == null ? withSmt : Numbers.indexes(statement.getIndexesWithoutSmt());
            found.add(new FlatBank(bank, statement, withSmt, withoutSmt, Numbers.intOf(statement.getWidth())));
        });
        pmu.branchRecords().filter(records -> records.getBank() != null && !records.getBank().eIsProxy()).ifPresent(records -> {
            List<Integer> indexes = Numbers.indexes(records.getIndexes());
            found.add(new FlatBank(records.getBank(), records, indexes, indexes, 0));
        });
        found.sort((a, b) -> Long.compareUnsigned(a.isCounters() ? a.bank().getIndex() : -1L, b.isCounters() ? b.bank().getIndex() : -1L));
        found.forEach(bank -> banks.putIfAbsent(bank.bank(), bank));
        banks.forEach((bank, here) -> masks.put(bank, here.counters()));
    }

    Collection<FlatBank> banks() {
        return banks.values();
    }

    Optional<FlatBank> bank(Bank bank) {
        return Optional.ofNullable(banks.get(bank));
    }

    long all() {
        return masks.values().stream().reduce(0L, (a, b) -> a | b);
    }

    long mask(CounterSet set) {
        if (set == null) {
            return -1;
        }
        long mask = 0;
        for (CounterTerm term : set.getTerms()) {
            FlatBank bank = banks.get(term.getBank());
            if (bank != null) {
                mask |= masks.get(term.getBank()) & (term.getIndexes() == null ? -1L : mask(bank, term.getIndexes()));
            }
        }
        return mask;
    }

    private static long mask(FlatBank bank, IndexSet indexes) {
        long mask = 0;
        for (NumberRange range : indexes.getRanges()) {
            long low = (long) Numbers.intOf(bank.bank().getIndex()) + Numbers.low(range);
            mask |= low >= Long.SIZE ? 0 : Bits.mask((int) low, Numbers.high(range) - Numbers.low(range) + 1);
        }
        return mask;
    }

    boolean lost(Bank bank, List<Integer> indexes) {
        List<Integer> here = bank(bank).map(FlatBank::indexes).orElse(List.of());
        return pmu.all(Counters.class).stream().filter(counters -> counters.getBank() == bank)
                .flatMap(counters -> Stream.of(counters.getIndexes(), counters.getIndexesWithoutSmt()))
                .flatMap(set -> Numbers.indexes(set).stream())
                .anyMatch(index -> !here.contains(index) && (indexes.isEmpty() || indexes.contains(index)));
    }
}
