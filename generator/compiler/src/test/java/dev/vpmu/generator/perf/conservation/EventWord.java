package dev.vpmu.generator.perf.conservation;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import java.util.List;
import java.util.Optional;

/**
 * The word in which a CPU's selectors are told what to count.
 *
 * @param layout where its bits are
 * @param counters the counters that have such a selector, a global mask over both states of SMT
 */
record EventWord(LayoutModel layout, long counters) {

    /** The word of the first selectors with an event code; empty if there are none. */
    static Optional<EventWord> of(CpuModel cpu) {
        return cpu.registers().stream().filter(register -> register.role() == RegisterRole.SELECTOR && register.bank().isPresent())
                .map(register -> new EventWord(cpu.layout(register.layout().orElseThrow()).orElseThrow(), cpu.bank(register.bank().get()).orElseThrow().counters()))
                .filter(word -> word.mask(FieldRole.EVENT_CODE) != 0).findFirst();
    }

    private List<FieldModel> fields(FieldRole role) {
        return layout.fields(role).stream().filter(field -> field.array().isEmpty() && field.storage() == Storage.EFFECTIVE).toList();
    }

    /** A role's value in its places. */
    long in(FieldRole role, long value) {
        return fields(role).stream().mapToLong(field -> (value >>> field.roleLow() & Bits.mask(0, field.width())) << field.low()).sum();
    }

    /** The value that a word has of a role. */
    long of(FieldRole role, long word) {
        return fields(role).stream().mapToLong(field -> (word >>> field.low() & Bits.mask(0, field.width())) << field.roleLow()).sum();
    }

    /** Whether every selector has a place for a role's value. */
    boolean holds(FieldRole role, long value) {
        return of(role, in(role, value)) == value && (value == 0 || fields(role).stream().allMatch(field -> field.onCounters() == -1));
    }

    /** Whether some selector has a place for a role of one bit. */
    boolean has(FieldRole role) {
        return mask(role) != 0;
    }

    private long mask(FieldRole role) {
        return in(role, -1);
    }

    /** An event code and a unit mask in their places. */
    long event(int code, int umask) {
        return in(FieldRole.EVENT_CODE, code) | in(FieldRole.UNIT_MASK, umask);
    }

    int code(long word) {
        return (int) of(FieldRole.EVENT_CODE, word);
    }

    int umask(long word) {
        return (int) of(FieldRole.UNIT_MASK, word);
    }

    /** Whether a word has nothing but an event code and a unit mask. */
    boolean isPlain(long word) {
        return word == event(code(word), umask(word));
    }
}
