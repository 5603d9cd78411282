package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.model.WriteRule;

/** What a write does to a register, rule by rule. */
final class RegisterWrites {

    private static final long NOT_CANONICAL = 0xFFFF_8000_0000_0000L;

    private final CpuModel cpu;
    private final RegisterFile registers;

    RegisterWrites(CpuModel cpu, RegisterFile registers) {
        this.cpu = cpu;
        this.registers = registers;
    }

    /** Writes an element; returns whether it takes the value. One that does not is left as it was. */
    boolean write(Element element, long value) {
        WriteRule rule = element.register().write();
        if (rule instanceof WriteRule.Checked checked) {
            return writeChecked(element, value, checked.reserved());
        } else if (rule instanceof WriteRule.SignExtend extend) {
            int unused = Long.SIZE - extend.bits();
            return store(element, (value << unused >> unused) & element.widthMask());
        } else if (rule instanceof WriteRule.Truncate) {
            return store(element, value & element.widthMask());
        } else if (rule instanceof WriteRule.FaultBeyondWidth) {
            return (value & ~element.widthMask()) == 0 && store(element, value);
        } else if (rule instanceof WriteRule.FaultUnlessCanonical) {
            long high = value & NOT_CANONICAL;
            return (high == 0 || high == NOT_CANONICAL) && store(element, value);
        } else if (rule instanceof WriteRule.ClearBits clear) {
            return change(element, value, clear.target(), false);
        } else if (rule instanceof WriteRule.SetBits set) {
            return change(element, value, set.target(), true);
        }
        return rule instanceof WriteRule.Ignored;
    }

    private static boolean store(Element element, long value) {
        element.word().set(value);
        return true;
    }

    private static boolean writeChecked(Element element, long value, ReservedBits reserved) {
        long writable = element.writable();
        return switch (reserved) {
            case FAULT -> (value & ~writable) == 0 && store(element, value);
            case IGNORE -> store(element, value & writable);
            case KEEP -> store(element, element.word().get() & ~writable | value & writable);
        };
    }

    private boolean change(Element element, long value, String target, boolean set) {
        ReservedBits reserved = element.register().layout().flatMap(cpu::layout).map(LayoutModel::reserved).orElse(ReservedBits.FAULT);
        if (reserved == ReservedBits.FAULT && (value & ~element.writable()) != 0) {
            return false;
        }
        registers.element(target, element.index()).orElseThrow().word().change(value & element.writable(), set);
        return true;
    }
}
