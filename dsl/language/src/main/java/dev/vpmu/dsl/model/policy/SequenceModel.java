package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.Origin;
import java.util.List;

/** What is done, in order, at a moment; no steps where the policy says that nothing is. */
public record SequenceModel(Trigger trigger, List<StepModel> steps, Origin origin) {

    public SequenceModel {
        steps = List.copyOf(steps);
    }
}
