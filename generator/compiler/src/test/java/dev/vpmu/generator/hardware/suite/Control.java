package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a counter's own settings stand, by what they mean. */
public final class Control {

    private static final List<FieldRole> OF_A_COUNTER = List.of(FieldRole.EVENT_CODE, FieldRole.UNIT_MASK, FieldRole.USER_MODE, FieldRole.KERNEL_MODE,
            FieldRole.EDGE_DETECT, FieldRole.INTERRUPT_ENABLE, FieldRole.ANY_THREAD, FieldRole.ENABLE, FieldRole.INVERT, FieldRole.THRESHOLD,
            FieldRole.EQUAL, FieldRole.IN_TRANSACTION, FieldRole.CHECKPOINTED, FieldRole.USER_READ_DISABLE);

    /** The bits of a role from {@code roleLow} on, which stand from {@code low} on. */
    private record Slice(int low, int width, int roleLow) {
    }

    private final WordPart word;
    private final Map<FieldRole, List<Slice>> slices = new EnumMap<>(FieldRole.class);

    private Control(RegisterModel register, int index, boolean smt, List<FieldModel> fields, int element) {
        long mask = 0;
        for (FieldRole role : OF_A_COUNTER) {
            List<FieldModel> of = fields.stream().filter(field -> field.role() == role && field.storage() == Storage.EFFECTIVE).toList();
            if (!of.isEmpty()) {
                slices.put(role, of.stream().map(field -> new Slice(field.lowOf(element), field.width(), field.roleLow())).toList());
                mask |= of.stream().mapToLong(field -> field.maskOf(element)).reduce(0, (a, b) -> a | b);
            }
        }
        word = new WordPart(register, index, smt, mask);
    }

    /** The control of a counter: its own selector, or its part of a selector for all. */
    public static Optional<Control> of(CpuModel cpu, boolean smt, BankModel bank, int index) {
        long bit = 1L << bank.firstIndex().getAsInt() + index;
        List<RegisterModel> selectors = cpu.registers().stream().filter(register -> register.role() == RegisterRole.SELECTOR
                && register.aliasOf().isEmpty() && register.layout().isPresent()).toList();
        for (RegisterModel selector : selectors) {
            if (selector.bank().equals(Optional.of(bank.name())) && selector.indexes().contains(index)) {
                return Optional.of(new Control(selector, index, smt, cpu.layout(selector.layout().get()).orElseThrow().fields().stream()
                        .filter(field -> field.array().isEmpty() && (field.onCounters() & bit) != 0).toList(), index));
            }
        }
        for (RegisterModel selector : selectors) {
            List<FieldModel> fields = cpu.layout(selector.layout().get()).orElseThrow().fields().stream().filter(field -> field.array()
                    .map(place -> place.bank().equals(bank.name()) && place.indexes().contains(index)).orElse(false)).toList();
            if (selector.bank().isEmpty() && !fields.isEmpty()) {
                return Optional.of(new Control(selector, 0, smt, fields, index));
            }
        }
        return Optional.empty();
    }

    /** The bits of all roles, in place. */
    public WordPart word() {
        return word;
    }

    /** The bits of one role, in place. */
    public WordPart part(FieldRole role) {
        return new WordPart(word.register(), word.index(), word.smt(), slices.getOrDefault(role, List.of()).stream()
                .mapToLong(slice -> Bits.mask(slice.low(), slice.width())).reduce(0, (a, b) -> a | b));
    }

    /** Whether it has the role at all. */
    public boolean knows(FieldRole role) {
        return slices.containsKey(role);
    }

    /** Whether it has the role, and software can set it to {@code value}. */
    public boolean takes(FieldRole role, long value) {
        long holds = slices.getOrDefault(role, List.of()).stream().mapToLong(slice -> Bits.mask(slice.roleLow(), slice.width())).reduce(0, (a, b) -> a | b);
        return (value & ~holds) == 0 && knows(role)
                && new WordPart(word.register(), word.index(), word.smt(), in(role, value)).settable();
    }

    /** A role's value in its place. */
    public long in(FieldRole role, long value) {
        return slices.get(role).stream().mapToLong(slice -> (value >>> slice.roleLow() & Bits.mask(0, slice.width())) << slice.low())
                .reduce(0, (a, b) -> a | b);
    }

    @Override
    public String toString() {
        return word.register().name() + slices.keySet().stream().map(FieldRole::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
