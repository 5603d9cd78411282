package dev.vpmu.dsl.resolve.policies;

import dev.vpmu.dsl.model.policy.SequenceModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RegisterStep;
import dev.vpmu.dsl.pmu.RegisterTarget;
import dev.vpmu.dsl.pmu.RestoreStep;
import dev.vpmu.dsl.pmu.Sequence;
import dev.vpmu.dsl.pmu.Step;
import dev.vpmu.dsl.resolve.Origins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works out what is done when: of each moment the nearest statement, its steps over the registers that there are. */
final class SequenceResolver {

    private final FlatPolicy policy;

    SequenceResolver(FlatPolicy policy) {
        this.policy = policy;
    }

    List<SequenceModel> sequences() {
        List<SequenceModel> sequences = new ArrayList<>();
        for (Trigger trigger : Trigger.values()) {
            policy.sequence(trigger).ifPresent(sequence -> {
                List<StepModel> steps = steps(sequence);
                if (!steps.isEmpty() || sequence.isNothing()) {
                    sequences.add(new SequenceModel(trigger, steps, Origins.of(sequence)));
                }
            });
        }
        return sequences;
    }

    private List<StepModel> steps(Sequence sequence) {
        return sequence.getSteps().stream().map(this::step).flatMap(Optional::stream).toList();
    }

    /** The step; empty where it is about registers that the cpu does not have. */
    private Optional<StepModel> step(Step step) {
        StepModel.Kind kind = PolicyWords.kind(step);
        RegisterTarget target = target(step);
        List<String> registers = target == null ? List.of() : policy.registers(target).stream().map(Register::getName).toList();
        if (kind == null || target != null && registers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StepModel(kind, registers, target != null && target.getRegister() != null,
                step instanceof RestoreStep restore && restore.isIfChanged(), Origins.of(step)));
    }

    private static RegisterTarget target(Step step) {
        return step instanceof RegisterStep register ? register.getTarget() : step instanceof RestoreStep restore ? restore.getTarget() : null;
    }
}
