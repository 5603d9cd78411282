package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The word in which software asks for an event: the layout of the first selectors that have an event code.
 *
 * @param register the selectors
 * @param layout their layout
 */
record SelectorWord(RegisterModel register, LayoutModel layout) {

    /** The word of a cpu's events; empty if it can be asked for none. */
    static Optional<SelectorWord> of(CpuModel cpu) {
        return cpu.registers().stream().filter(register -> register.role() == RegisterRole.SELECTOR)
                .flatMap(register -> register.layout().flatMap(cpu::layout).map(layout -> new SelectorWord(register, layout)).stream())
                .filter(word -> !word.fields(FieldRole.EVENT_CODE).isEmpty()).findFirst();
    }

    /** The counters that have such a selector, in any state of SMT. */
    long counters(CpuModel cpu) {
        return register.bank().flatMap(cpu::bank).map(BankModel::counters).orElse(0L);
    }

    /** The fields of a role outside arrays. */
    List<FieldModel> fields(FieldRole role) {
        return layout.fields(role).stream().filter(field -> field.array().isEmpty()).toList();
    }

    /** How many bits there are for a role's value. */
    int width(FieldRole role) {
        return fields(role).stream().mapToInt(field -> field.roleLow() + field.width()).max().orElse(0);
    }

    /** Every bit of a unit mask, at bit 0, as patterns have it that are about one unit mask. */
    int wholeUmask() {
        return (int) Bits.mask(0, Math.min(Integer.SIZE - 1, width(FieldRole.UNIT_MASK)));
    }

    /** A role's value in its places. */
    long place(FieldRole role, long value) {
        return fields(role).stream().mapToLong(field -> (value >>> field.roleLow() & Bits.mask(0, field.width())) << field.low()).reduce(0, (a, b) -> a | b);
    }

    /** Whether there is a place for every bit of a role's value. */
    boolean holds(FieldRole role, long value) {
        return (value & ~fields(role).stream().mapToLong(field -> Bits.mask(field.roleLow(), field.width())).reduce(0, (a, b) -> a | b)) == 0;
    }

    /** The bits that hold a role. */
    long mask(FieldRole role) {
        return place(role, -1);
    }

    /** The bits that hold the event code and the unit mask. */
    long eventMask() {
        return mask(FieldRole.EVENT_CODE) | mask(FieldRole.UNIT_MASK);
    }

    /** Every bit that an event can have: all but what enables a counter and says in which modes. */
    long settings() {
        long all = layout.fields().stream().filter(field -> field.array().isEmpty()).mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
        return all & ~mask(FieldRole.ENABLE) & ~mask(FieldRole.USER_MODE) & ~mask(FieldRole.KERNEL_MODE) & ~mask(FieldRole.INTERRUPT_ENABLE);
    }

    /** An event code and a unit mask in their places. */
    long event(int code, int umask) {
        return place(FieldRole.EVENT_CODE, code) | place(FieldRole.UNIT_MASK, umask);
    }

    /** A role's value in {@code config}, as a Java expression. */
    String extracted(FieldRole role) {
        return fields(role).stream().map(field -> {
            String shifted = field.low() == 0 ? "config" : "config >>> " + field.low();
            String part = shifted + " & " + Literals.hex(Bits.mask(0, field.width()));
            return field.roleLow() == 0 ? part : "(" + part + ") << " + field.roleLow();
        }).collect(Collectors.joining(" | "));
    }
}
