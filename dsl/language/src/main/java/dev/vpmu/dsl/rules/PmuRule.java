package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.resolve.FlatPmu;

/**
 * A rule about a pmu or cpu with what it inherits. It is asked for every {@code pmu} and {@code cpu}, ancestors first; what
 * it reports at one place for several of them is shown once.
 */
public non-sealed interface PmuRule extends Rule {

    /** Reports what is wrong with the pmu. */
    void check(FlatPmu pmu, Findings findings);
}
