package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One counter that exists: its value, its control, and its bits in the registers that all counters share. */
final class InterpretedCounter {

    private final CounterPlace place;
    private final Element value;
    private final ControlFields control;
    private final List<BitsOfWord> enables;
    private final List<BitsOfWord> overflows;
    /** The edge detector: it counted with edge detection in the latest cycle, and the condition held. */
    private boolean held;

    private InterpretedCounter(CpuModel cpu, RegisterFile registers, CounterPlace place, Element value) {
        this.place = place;
        this.value = value;
        control = ControlFields.of(cpu, registers, place);
        enables = bits(cpu, registers, RegisterRole.ENABLE, FieldRole.ENABLE);
        overflows = bits(cpu, registers, RegisterRole.STATUS, FieldRole.OVERFLOW);
    }

    /** The counter at a place; empty if it has no value there. */
    static Optional<InterpretedCounter> at(CpuModel cpu, RegisterFile registers, CounterPlace place) {
        return registers.stored(RegisterRole.VALUE).stream()
                .filter(value -> value.index() == place.index() && value.register().bank().equals(Optional.of(place.bank().name())))
                .findFirst().map(value -> new InterpretedCounter(cpu, registers, place, value));
    }

    private List<BitsOfWord> bits(CpuModel cpu, RegisterFile registers, RegisterRole registerRole, FieldRole role) {
        List<BitsOfWord> bits = new ArrayList<>();
        for (Element element : registers.single(registerRole)) {
            element.register().layout().flatMap(cpu::layout).ifPresent(layout -> layout.fields(role).stream()
                    .filter(field -> field.storage() == Storage.EFFECTIVE && place.hasElementOf(field) && (field.onCounters() & place.globalMask()) != 0)
                    .forEach(field -> bits.add(new BitsOfWord(element.word(), field.maskOf(place.index())))));
        }
        return bits;
    }

    CounterPlace place() {
        return place;
    }

    Control control() {
        return control.read();
    }

    boolean isGloballyEnabled() {
        return BitsOfWord.allSet(enables);
    }

    /** Its bits in the status registers. */
    List<BitsOfWord> overflows() {
        return overflows;
    }

    long value() {
        return value.word().get();
    }

    /** How much can be added without a carry, unsigned. */
    long room() {
        return value.widthMask() - (value.word().get() & value.widthMask());
    }

    /** Adds; returns whether there was a carry, which sets its status bits. */
    boolean add(long occurrences) {
        if (occurrences == 0) {
            return false;
        }
        boolean carry = Long.compareUnsigned(occurrences, room()) > 0;
        value.word().set((value.word().get() + occurrences) & value.widthMask());
        if (carry) {
            overflows.forEach(bits -> bits.word().change(bits.mask(), true));
        }
        return carry;
    }

    boolean held() {
        return held;
    }

    void held(boolean now) {
        held = now;
    }
}
