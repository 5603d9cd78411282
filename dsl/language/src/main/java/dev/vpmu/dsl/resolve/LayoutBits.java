package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Layout;
import java.util.List;
import java.util.Optional;

/** Which bits a layout's fields take on one pmu, arrays expanded over the counters that it has, or on any. */
public final class LayoutBits {

    private static final List<Integer> FIRST_COUNTER = List.of(0);

    private final FlatPmu pmu;
    private final FlatLayout layout;

    public LayoutBits(FlatPmu pmu, FlatLayout layout) {
        this.pmu = pmu;
        this.layout = layout;
    }

    /** The layout by itself, whatever uses it: its guards are open, and of the counters of each bank it has the first alone. */
    public LayoutBits(Layout layout) {
        this(null, new FlatLayout(layout, field -> true));
    }

    /** The layout whose bits these are. */
    public FlatLayout layout() {
        return layout;
    }

    /** The pmu that has the layout; empty for a layout by itself. */
    public Optional<FlatPmu> pmu() {
        return Optional.ofNullable(pmu);
    }

    /** Whether two fields that are there are surely in one register. */
    public boolean together(FlatField a, FlatField b) {
        return (pmu == null ? Guards.surelyTogether(a.field(), b.field()) : pmu.together(a.field(), b.field()))
                && !CounterSets.disjoint(a.field().getCounters(), b.field().getCounters());
    }

    /** The counters that have an element of the field's array; empty outside arrays and where the pmu has no such bank. */
    public List<Integer> indexes(FlatField field) {
        Bank bank = field.array() == null ? null : field.array().getBank();
        if (bank == null || bank.eIsProxy()) {
            return List.of();
        }
        return pmu == null ? FIRST_COUNTER : pmu.bank(bank).map(FlatBank::indexes).orElse(List.of());
    }

    /** Every bit of the field, of an array's field for all counters. */
    public long of(FlatField field) {
        if (field.array() == null) {
            return field.maskOf(0);
        }
        return indexes(field).stream().mapToLong(field::maskOf).reduce(0, (a, b) -> a | b);
    }

    /** Every bit that some field has, whatever counters it is limited to. */
    public long defined() {
        return layout.fields().stream().mapToLong(this::of).reduce(0, (a, b) -> a | b) & Bits.mask(0, layout.width());
    }

    /** The bits that the register of counter {@code index} of {@code bank} has; {@code null} for a register without a bank. */
    public long defined(FlatBank bank, int index) {
        long mask = 0;
        for (FlatField field : layout.fields()) {
            long on = field.field().getCounters() == null ? -1 : pmu.counters(field.field().getCounters());
            if (bank == null || !bank.isCounters() || (on & bank.mask(List.of(index))) != 0) {
                mask |= of(field);
            }
        }
        return mask & Bits.mask(0, layout.width());
    }

    /** The bits of counters that exist only with SMT off. */
    public long withoutSmtOnly() {
        long mask = 0;
        for (FlatField field : layout.fields()) {
            if (field.array() != null) {
                List<Integer> withSmt = pmu.bank(field.array().getBank()).map(FlatBank::withSmt).orElse(List.of());
                mask |= indexes(field).stream().filter(index -> !withSmt.contains(index)).mapToLong(field::maskOf).reduce(0, (a, b) -> a | b);
            }
        }
        return mask;
    }
}
