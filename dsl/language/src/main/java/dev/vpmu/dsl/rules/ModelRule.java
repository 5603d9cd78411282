package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.model.CpuModel;

/** A rule about a finished cpu, asked when nothing else is wrong with it: the form for users' own rules. */
public non-sealed interface ModelRule extends Rule {

    /** Reports what is wrong with the cpu; places are those of the model's {@link dev.vpmu.dsl.model.Origin origins}. */
    void check(CpuModel cpu, Findings findings);
}
