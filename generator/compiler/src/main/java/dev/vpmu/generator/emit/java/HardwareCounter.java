package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.ArrayPlace;
import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A counter with a place in mask words, and where the bits that control it stand.
 *
 * @param bank its bank
 * @param index its index there
 * @param value the register array that holds its value
 * @param control the register that controls it: an array with an element of its own, or one register with a part for each counter
 * @param fields the fields that control it
 */
record HardwareCounter(BankModel bank, int index, RegisterModel value, RegisterModel control, List<FieldModel> fields) {

    /** The counters of a cpu by global index; one that nothing controls, or that has no value, can do nothing and is left out. */
    static List<HardwareCounter> of(CpuModel cpu) {
        List<HardwareCounter> counters = new ArrayList<>();
        for (BankModel bank : cpu.banks()) {
            for (int index : bank.firstIndex().isPresent() ? bank.indexes() : List.<Integer>of()) {
                Optional<RegisterModel> value = cpu.registers().stream().filter(register -> register.role() == RegisterRole.VALUE
                        && register.aliasOf().isEmpty() && isElement(register, bank, index)).findFirst();
                value.flatMap(register -> controlled(cpu, bank, index, register)).ifPresent(counters::add);
            }
        }
        counters.sort(Comparator.comparing(HardwareCounter::globalIndex));
        return counters;
    }

    private static Optional<HardwareCounter> controlled(CpuModel cpu, BankModel bank, int index, RegisterModel value) {
        List<RegisterModel> selectors = cpu.registers().stream()
                .filter(register -> register.role() == RegisterRole.SELECTOR && register.aliasOf().isEmpty()).toList();
        Optional<HardwareCounter> own = selectors.stream().filter(register -> isElement(register, bank, index)).findFirst()
                .map(register -> new HardwareCounter(bank, index, value, register, cpu.layout(register.layout().orElseThrow()).orElseThrow().fields().stream()
                        .filter(field -> field.array().isEmpty() && (field.onCounters() >>> bank.firstIndex().getAsInt() + index & 1) != 0).toList()));
        return own.or(() -> selectors.stream().filter(register -> register.bank().isEmpty())
                .map(register -> new HardwareCounter(bank, index, value, register,
                        partOf(cpu.layout(register.layout().orElseThrow()).orElseThrow(), bank, index)))
                .filter(counter -> !counter.fields().isEmpty()).findFirst());
    }

    private static boolean isElement(RegisterModel register, BankModel bank, int index) {
        return register.bank().equals(Optional.of(bank.name())) && register.indexes().contains(index);
    }

    /** The fields of a layout's arrays that belong to a counter. */
    static List<FieldModel> partOf(LayoutModel layout, BankModel bank, int index) {
        return layout.fields().stream().filter(field -> field.array().filter(array -> array.bank().equals(bank.name())
                && array.indexes().contains(index)).isPresent()).toList();
    }

    int globalIndex() {
        return bank.firstIndex().orElseThrow() + index;
    }

    /** Its bit in mask words. */
    long mask() {
        return Bits.mask(globalIndex(), 1);
    }

    boolean isWithoutSmtOnly() {
        return !bank.present().contains(index);
    }

    /** Whether a selector says what it counts. */
    boolean isProgrammable() {
        return has(FieldRole.EVENT_CODE);
    }

    boolean has(FieldRole role) {
        return fields.stream().anyMatch(field -> field.role() == role);
    }

    /** The bits with a role in its control word. */
    long bits(FieldRole role) {
        return fields.stream().filter(field -> field.role() == role).mapToLong(field -> field.maskOf(index)).reduce(0, (a, b) -> a | b);
    }

    /** How far its part of a shared control register is from that of counter 0. */
    int partOffset() {
        return fields.get(0).array().map(array -> index * array.stride()).orElse(0);
    }

    /** The roles without which it counts otherwise, as far as it has them. */
    List<String> necessities() {
        return Stream.of(FieldRole.EVENT_CODE, FieldRole.ENABLE, FieldRole.KERNEL_MODE, FieldRole.USER_MODE, FieldRole.ANY_THREAD).filter(this::has)
                .map(FieldRole::name).toList();
    }

    /** Where its fields stand if its part of the control register is moved to where that of counter 0 is; what is alike has the same. */
    List<String> shape() {
        return fields.stream().filter(field -> field.role() != FieldRole.NONE).map(field -> field.role() + " " + field.roleLow() + " " + field.width() + " "
                + (field.lowOf(index) - partOffset()) + " " + field.array().map(ArrayPlace::bank)).toList();
    }
}
