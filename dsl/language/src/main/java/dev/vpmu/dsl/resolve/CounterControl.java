package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Register;
import java.util.List;
import java.util.Optional;

/**
 * Which selector controls a counter: an array of registers with an element for it or, where there is none, a register with an
 * array of fields over its bank.
 */
public final class CounterControl {

    /**
     * A field that holds the event code of a counter.
     *
     * @param register the selector
     * @param field the field, or the lowest of several
     */
    public record EventCode(Register register, FlatField field) {
    }

    private CounterControl() {
    }

    /** Where a counter's event code stands, whether the pmu has the counter or not; empty where its control has none. */
    public static Optional<EventCode> eventCode(FlatPmu pmu, Bank bank, int index) {
        List<Register> selectors = pmu.registers(RegisterRole.SELECTOR);
        Optional<Register> own = selectors.stream().filter(selector -> selector.getBank() == bank && hasElement(selector, index)).findFirst();
        if (own.isPresent()) {
            return field(pmu, own.get(), null, bank, index);
        }
        return selectors.stream().filter(selector -> selector.getBank() == null)
                .flatMap(selector -> field(pmu, selector, bank, bank, index).stream()).findFirst();
    }

    private static boolean hasElement(Register selector, int index) {
        return selector.getOnly().isEmpty() || Numbers.indexes(selector.getOnly()).contains(index);
    }

    /** The selector's field with the event code, in its arrays over {@code array} or, for {@code null}, outside arrays. */
    private static Optional<EventCode> field(FlatPmu pmu, Register selector, Bank array, Bank bank, int index) {
        return pmu.layout(selector).stream().flatMap(layout -> layout.fields().stream())
                .filter(field -> field.role() == FieldRole.EVENT_CODE && !field.field().isIgnored())
                .filter(field -> (field.array() == null ? null : field.array().getBank()) == array)
                .filter(field -> CounterSets.contain(field.field().getCounters(), bank, index)).findFirst()
                .map(field -> new EventCode(selector, field));
    }
}
