package dev.vpmu.generator.perf.sets;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The selectors of a CPU, field by field. */
final class SelectorWord {

    /** What can be said of an event besides its code and its unit mask. */
    static final Set<FieldRole> MODIFIERS = Set.of(FieldRole.EDGE_DETECT, FieldRole.INVERT, FieldRole.THRESHOLD, FieldRole.EQUAL,
            FieldRole.ANY_THREAD, FieldRole.IN_TRANSACTION, FieldRole.CHECKPOINTED, FieldRole.USER_READ_DISABLE);

    private final RegisterModel register;
    private final LayoutModel layout;
    private final BankModel bank;
    private final long programmable;
    private final Map<FieldRole, List<FieldModel>> fields = new EnumMap<>(FieldRole.class);
    private final long events;
    private final long plain;

    SelectorWord(CpuModel cpu) {
        register = cpu.registers().stream().filter(one -> one.role() == RegisterRole.SELECTOR && one.bank().isPresent() && one.aliasOf().isEmpty())
                .findFirst().orElseThrow();
        layout = cpu.layout(register.layout().orElseThrow()).orElseThrow();
        bank = cpu.bank(register.bank().orElseThrow()).orElseThrow();
        programmable = bank.counters();
        for (FieldRole role : FieldRole.values()) {
            fields.put(role, layout.fields().stream().filter(field -> field.role() == role && field.array().isEmpty()).toList());
        }
        events = word(FieldRole.EVENT_CODE, -1) | word(FieldRole.UNIT_MASK, -1);
        plain = events | word(FieldRole.USER_MODE, -1) | word(FieldRole.KERNEL_MODE, -1);
    }

    RegisterModel register() {
        return register;
    }

    BankModel bank() {
        return bank;
    }

    /** The counters that have one, in any state of SMT. */
    long programmable() {
        return programmable;
    }

    /** The bits of code and unit mask. */
    long events() {
        return events;
    }

    /** The fields that say more of an event than its code and its unit mask. */
    List<FieldModel> modifiers() {
        return layout.fields().stream().filter(field -> MODIFIERS.contains(field.role()) && field.storage() == Storage.EFFECTIVE).toList();
    }

    int width(FieldRole role) {
        return fields.get(role).stream().mapToInt(field -> field.roleLow() + field.width()).max().orElse(0);
    }

    /** The number that a word has in the fields of a role. */
    int number(FieldRole role, long word) {
        int number = 0;
        for (FieldModel field : fields.get(role)) {
            number |= (int) (word >>> field.low() & ones(field.width())) << field.roleLow();
        }
        return number;
    }

    /** A number in the fields of a role. */
    long word(FieldRole role, long number) {
        long word = 0;
        for (FieldModel field : fields.get(role)) {
            word |= (number >>> field.roleLow() & ones(field.width())) << field.low();
        }
        return word;
    }

    /** Code and unit mask in their places. */
    long word(int code, int umask) {
        return word(FieldRole.EVENT_CODE, code) | word(FieldRole.UNIT_MASK, umask);
    }

    /** A word with another code and unit mask. */
    long recoded(long word, int code, int umask) {
        return word & ~events | word(code, umask);
    }

    /** Whether a word has nothing besides code, unit mask and the modes. */
    boolean isPlain(long word) {
        return (word & ~plain) == 0;
    }

    /** The counters whose selectors can take all bits of a word, and those that have no selector. */
    long takers(long word) {
        long takers = ~programmable;
        for (int i = 0; i < register.indexes().size(); i++) {
            if ((word & ~register.writableMaskOfIndex().get(i)) == 0) {
                takers |= 1L << bank.firstIndex().orElseThrow() + register.indexes().get(i);
            }
        }
        return takers;
    }

    private static long ones(int width) {
        return width == Long.SIZE ? -1 : (1L << width) - 1;
    }
}
