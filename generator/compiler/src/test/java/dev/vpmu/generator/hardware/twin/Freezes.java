package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.CpuModel;
import java.util.List;

/** What a PMI freezes, and when. */
final class Freezes {

    private record Freeze(BitsOfWord flag, BitsOfWord target, boolean sets, boolean countingChangesFlag, boolean countingChangesTarget) {

        boolean mayAct() {
            return (flag.isSet() || countingChangesFlag) && (isDue() || countingChangesTarget);
        }

        private boolean isDue() {
            return ((target.word().get() ^ (sets ? -1L : 0)) & target.mask()) != 0;
        }

        void act() {
            if (flag.isSet()) {
                target.word().change(target.mask(), sets);
            }
        }
    }

    private final List<Freeze> all;

    Freezes(CpuModel cpu, RegisterFile registers, Counters counters) {
        all = cpu.freezes().stream().map(freeze -> {
            BitsOfWord flag = new BitsOfWord(registers.word(freeze.flagRegister()), freeze.flagMask());
            BitsOfWord target = new BitsOfWord(registers.word(freeze.register()), freeze.mask());
            return new Freeze(flag, target, freeze.sets(), isOverflow(flag, counters), isOverflow(target, counters));
        }).toList();
    }

    private static boolean isOverflow(BitsOfWord bits, Counters counters) {
        return counters.all().stream().flatMap(counter -> counter.overflows().stream())
                .anyMatch(overflow -> overflow.word() == bits.word() && (overflow.mask() & bits.mask()) != 0);
    }

    /** Whether a PMI, now or after some counting, could change anything. */
    boolean mayAct() {
        return all.stream().anyMatch(Freeze::mayAct);
    }

    /** A PMI has been accepted. */
    void act() {
        all.forEach(Freeze::act);
    }
}
