package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.WriteRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A counter that exists and that software can make count.
 *
 * @param code the event code that the suite gives it, if its control has one
 * @param umask the unit mask
 * @param occurrence the name by which steps know what it counts; absent if that is a clock
 * @param clock the clock that it counts, if it can count nothing else
 * @param enables its bits in the registers that enable all counters
 * @param overflows its bits in the status registers
 * @param values the register that holds its value, and then that register's aliases
 */
public record TestedCounter(BankModel bank, int index, Control control, int code, int umask, OptionalLong occurrence, Optional<Clock> clock,
        List<WordPart> enables, List<WordPart> overflows, List<RegisterModel> values) {

    public int globalIndex() {
        return bank.firstIndex().getAsInt() + index;
    }

    /** The same, with the last alias of its value's register before all others. */
    TestedCounter throughAlias() {
        List<RegisterModel> last = new ArrayList<>(values);
        Collections.reverse(last);
        return new TestedCounter(bank, index, control, code, umask, occurrence, clock, enables, overflows, last);
    }

    /** The highest value. */
    public long mask() {
        return Bits.mask(0, bank.width());
    }

    public boolean has(FieldRole role) {
        return control.takes(role, 1);
    }

    /** Whether software can choose what it counts. */
    public boolean isProgrammable() {
        return control.knows(FieldRole.EVENT_CODE);
    }

    /** The address of its value. */
    public int address() {
        return (int) values.get(0).addressOf(index);
    }

    /** Whether one of its registers can be written such that it holds {@code value}. */
    public boolean takes(long value) {
        return writing(value).isPresent();
    }

    /** The register to which {@code value} can be written, and is what it then holds. */
    public Optional<RegisterModel> writing(long value) {
        return values.stream().filter(register -> {
            WriteRule rule = register.write();
            if (rule instanceof WriteRule.SignExtend extend) {
                int above = Long.SIZE - extend.bits();
                return (value << above >> above & mask()) == value;
            }
            return (value & ~mask()) == 0 && (rule instanceof WriteRule.Truncate || rule instanceof WriteRule.FaultBeyondWidth
                    || rule instanceof WriteRule.FaultUnlessCanonical && value << 16 >> 16 == value);
        }).findFirst();
    }

    @Override
    public String toString() {
        return bank.name() + "[" + index + "]";
    }
}
