package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.FreezeSubject;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.List;

/** The freezes of a CPU that software can ask for, and whose effect it can see and take back. */
final class Freezing {

    private Freezing() {
    }

    static List<FreezeModel> of(TestedCpu cpu, FreezeSubject subject) {
        return cpu.cpu().freezes().stream().filter(freeze -> freeze.subject() == subject && canBeAsked(cpu, freeze)).toList();
    }

    static boolean canBeAsked(TestedCpu cpu, FreezeModel freeze) {
        return cpu.globals().flag(freeze).settable() && Need.INTERRUPTS.isMetBy(cpu)
                && (freeze.subject() == FreezeSubject.BRANCHES ? hidesNoCounter(cpu, freeze) : stopsCounters(cpu, freeze));
    }

    /** What stops branch records has nothing to do with counters. */
    private static boolean hidesNoCounter(TestedCpu cpu, FreezeModel freeze) {
        WordPart changed = cpu.globals().changed(freeze);
        return freeze.sets() ? cpu.globals().canSet(changed) && cpu.globals().canClear(changed) && !changed.register().role().equals(RegisterRole.ENABLE)
                : changed.settable() && !changed.equals(cpu.globals().flag(freeze));
    }

    /** By a status bit that stops all, or by clearing what enables them. */
    private static boolean stopsCounters(TestedCpu cpu, FreezeModel freeze) {
        WordPart changed = cpu.globals().changed(freeze);
        if (freeze.sets()) {
            return cpu.globals().frozen().stream().anyMatch(frozen -> frozen.equals(changed)) && cpu.globals().canClear(changed);
        }
        return changed.register().role() == RegisterRole.ENABLE && cpu.counters(FieldRole.INTERRUPT_ENABLE).stream().allMatch(counter ->
                counter.enables().stream().anyMatch(part -> part.register().equals(changed.register()) && (part.mask() & ~changed.mask()) == 0));
    }
}
