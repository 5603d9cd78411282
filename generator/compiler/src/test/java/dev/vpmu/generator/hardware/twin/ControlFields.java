package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import dev.vpmu.runtime.hardware.Condition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where one counter is told what to count: the fields that it has in its selector, by role. */
final class ControlFields {

    private final Word word;
    private final Map<FieldRole, List<Slice>> slices = new EnumMap<>(FieldRole.class);
    private Control read;
    private long readFrom;

    private ControlFields(Word word, List<FieldModel> fields, int index) {
        this.word = word;
        for (FieldModel field : fields) {
            slices.merge(field.role(), List.of(Slice.of(field, index)), ControlFields::both);
        }
    }

    private static List<Slice> both(List<Slice> first, List<Slice> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Those of a counter: in the selector of its own, or in its part of one that it shares; without any, all bits are 0. */
    static ControlFields of(CpuModel cpu, RegisterFile registers, CounterPlace counter) {
        for (Element selector : registers.stored(RegisterRole.SELECTOR)) {
            if (selector.index() == counter.index() && selector.register().bank().equals(Optional.of(counter.bank().name()))) {
                return new ControlFields(selector.word(), fields(cpu, selector, counter, field -> field.array().isEmpty()), 0);
            }
        }
        for (Element selector : registers.single(RegisterRole.SELECTOR)) {
            List<FieldModel> fields = fields(cpu, selector, counter, counter::hasElementOf);
            if (!fields.isEmpty()) {
                return new ControlFields(selector.word(), fields, counter.index());
            }
        }
        return new ControlFields(new Word(), List.of(), 0);
    }

    private static List<FieldModel> fields(CpuModel cpu, Element selector, CounterPlace counter, Predicate<FieldModel> kind) {
        return selector.register().layout().flatMap(cpu::layout).stream().flatMap(layout -> layout.fields().stream())
                .filter(field -> field.storage() == Storage.EFFECTIVE && (field.onCounters() & counter.globalMask()) != 0).filter(kind).toList();
    }

    /** What the selector says now. */
    Control read() {
        long now = word.get();
        // registers are written less often than work is run
        if (read == null || readFrom != now) {
            read = decode();
            readFrom = now;
        }
        return read;
    }

    private Control decode() {
        boolean user = isSet(FieldRole.USER_MODE);
        boolean kernel = isSet(FieldRole.KERNEL_MODE);
        return new Control(slices.containsKey(FieldRole.EVENT_CODE), (int) value(FieldRole.EVENT_CODE), (int) value(FieldRole.UNIT_MASK), user, kernel,
                slices.containsKey(FieldRole.ENABLE) ? isSet(FieldRole.ENABLE) : user || kernel, isSet(FieldRole.INTERRUPT_ENABLE),
                isSet(FieldRole.ANY_THREAD), isSet(FieldRole.EDGE_DETECT),
                Condition.of(value(FieldRole.THRESHOLD), isSet(FieldRole.INVERT), isSet(FieldRole.EQUAL)),
                isSet(FieldRole.IN_TRANSACTION), isSet(FieldRole.CHECKPOINTED), isSet(FieldRole.USER_READ_DISABLE));
    }

    private long value(FieldRole role) {
        long now = word.get();
        long value = 0;
        for (Slice slice : slices.getOrDefault(role, List.of())) {
            value |= slice.of(now);
        }
        return value;
    }

    private boolean isSet(FieldRole role) {
        return value(role) != 0;
    }
}
