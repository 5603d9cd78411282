package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.model.policy.AllowanceModel;
import java.util.List;

/** A rule about what policies let through, asked after all others. */
public non-sealed interface AllowanceRule extends Rule {

    /** Reports what is wrong with the allowances. */
    void check(List<Allowance> allowances, Findings findings);

    /**
     * An allowance, and what became of it.
     *
     * @param said what the policy says
     * @param isRule whether there is a rule of that id
     * @param asked whether every rule was asked about a cpu that has a policy with it
     * @param matched whether it let a finding through
     */
    record Allowance(AllowanceModel said, boolean isRule, boolean asked, boolean matched) {
    }
}
