package dev.vpmu.dsl.model;

import java.util.List;
import java.util.OptionalLong;

/**
 * A table of what steps cost on one cpu, with what it inherits.
 *
 * @param packageName the package of its file
 * @param name its name
 * @param cpu the cpu's name
 * @param fitted whether its prices were made to give published figures
 * @param clockHertz how fast the cycles are that prices are in; absent where no price is
 * @param steps the prices, a step, or a step of a policy, once each, in order of declaration, ancestors first
 * @param origin where it is declared
 */
public record CostModel(String packageName, String name, String cpu, boolean fitted, OptionalLong clockHertz, List<CostStepModel> steps, Origin origin) {

    public CostModel {
        steps = List.copyOf(steps);
    }
}
