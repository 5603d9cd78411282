package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.RegisterFacts;
import java.util.List;

/**
 * What stands at one address: a register, or one element of an array.
 *
 * @param register its declaration
 * @param index the counter whose element it is; -1 for a single register
 * @param address its address
 */
record Element(Register register, int index, long address) {

    /** The elements, ascending; empty where it is unknown how many counters there are. */
    static List<Element> of(Register register, FlatPmu pmu) {
        if (register.getAddress() == null) {
            return List.of();
        } else if (register.getBank() == null) {
            return List.of(new Element(register, -1, register.getAddress()));
        } else if (register.getOnly().isEmpty() && pmu.knownBank(register.getBank()).isEmpty()) {
            return List.of();
        }
        return RegisterFacts.indexes(register, pmu).stream()
                .map(index -> new Element(register, index, RegisterFacts.addressOf(register, index))).toList();
    }

    /** As messages call it: {@code 'IA32_PMC[2]'}. */
    String text() {
        return "'" + register.getName() + (index < 0 ? "" : "[" + index + "]") + "'";
    }
}
