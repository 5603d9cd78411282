package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import java.util.ArrayList;
import java.util.List;

/** Whether a counter counts: what its control, the global enables, a freeze and the work itself say. */
final class CountingConditions {

    private final List<BitsOfWord> frozen = new ArrayList<>();

    CountingConditions(CpuModel cpu, RegisterFile registers) {
        for (Element status : registers.single(RegisterRole.STATUS)) {
            status.register().layout().flatMap(cpu::layout).ifPresent(layout -> {
                for (FieldModel field : layout.fields(FieldRole.COUNTERS_FROZEN)) {
                    if (field.storage() == Storage.EFFECTIVE) {
                        frozen.add(new BitsOfWord(status.word(), field.maskOf(0)));
                    }
                }
            });
        }
    }

    /**
     * Whether the counter counts the cycles of a step.
     *
     * @param ofSibling whether the sibling thread runs it
     */
    boolean counts(InterpretedCounter counter, Step step, boolean ofSibling) {
        Control control = counter.control();
        return control.enabled() && counter.isGloballyEnabled() && !BitsOfWord.anySet(frozen)
                && (step.ring() == 0 ? control.kernel() : control.user())
                && (!control.inTransaction() || step.transaction() != TransactionState.OUTSIDE)
                && (!control.checkpointed() || step.transaction() != TransactionState.ABORTED)
                && (!ofSibling || control.anyThread());
    }
}
