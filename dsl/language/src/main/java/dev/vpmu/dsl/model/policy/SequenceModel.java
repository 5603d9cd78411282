package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.Origin;
import java.util.List;

/** What is done, in order, at a moment. */
public record SequenceModel(Trigger trigger, List<StepModel> steps, Origin origin) {

    public SequenceModel {
        steps = List.copyOf(steps);
    }
}
