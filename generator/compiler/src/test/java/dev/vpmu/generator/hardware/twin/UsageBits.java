package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import java.util.List;

/** What a usage register shows: which counters are in use, and whether something can raise a PMI. */
final class UsageBits {

    private final CpuModel cpu;
    private final Counters counters;
    private final List<Element> preciseEnables;

    UsageBits(CpuModel cpu, RegisterFile registers, Counters counters) {
        this.cpu = cpu;
        this.counters = counters;
        preciseEnables = registers.stored(RegisterRole.PRECISE_ENABLE);
    }

    /** The stored word, with what is computed in its place. */
    long shownIn(Element usage) {
        long word = usage.word().get();
        List<LayoutModel> layouts = usage.register().layout().flatMap(cpu::layout).stream().toList();
        for (FieldModel field : layouts.stream().flatMap(layout -> layout.fields().stream()).toList()) {
            if (field.storage() == Storage.IGNORED) {
                continue;
            } else if (field.role() == FieldRole.ANY_INTERRUPT) {
                word = with(word, field, 0, anyInterrupt());
            } else if (field.role() == FieldRole.IN_USE && field.array().isPresent()) {
                for (int index : field.array().get().indexes()) {
                    word = with(word, field, index, inUse(field, index));
                }
            }
        }
        return word;
    }

    private static long with(long word, FieldModel field, int index, boolean set) {
        return word & ~field.maskOf(index) | (set ? 1L << field.lowOf(index) : 0);
    }

    private boolean inUse(FieldModel field, int index) {
        return counters.find(place -> place.index() == index && place.hasElementOf(field)).map(InterpretedCounter::control)
                .filter(control -> control.programmable() ? control.code() != 0 : control.user() || control.kernel()).isPresent();
    }

    private boolean anyInterrupt() {
        return counters.all().stream().anyMatch(counter -> counter.control().interrupt())
                || preciseEnables.stream().anyMatch(element -> element.word().get() != 0);
    }
}
