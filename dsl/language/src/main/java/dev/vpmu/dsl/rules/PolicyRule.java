package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.resolve.policies.FlatPolicy;

/**
 * A rule about a policy laid over the registers of a pmu. It is asked for every policy that a cpu lists, and, where no cpu that is
 * being checked lists the policy and nothing extends it, on the pmu that the policy is {@code for}: so a file of policies alone is
 * checked as well.
 */
public non-sealed interface PolicyRule extends Rule {

    /** Reports what is wrong with the policy. */
    void check(FlatPolicy policy, Findings findings);
}
