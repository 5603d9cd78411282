package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.rules.AllowanceRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/**
 * An allowance of what is no rule, or one that lets nothing through. The second is not asked before everything else is right, nor of
 * policies that no cpu among the files lists.
 */
public final class UnmatchedAllowances implements AllowanceRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0919", Severity.ERROR, "Every allowance is of a rule, and lets a finding through.");
    }

    @Override
    public void check(List<Allowance> allowances, Findings findings) {
        for (Allowance allowance : allowances) {
            String rule = allowance.said().rule();
            if (!allowance.isRule()) {
                findings.report(allowance.said().origin().place(), "no rule is called " + rule + "; write the id that the finding shows");
            } else if (allowance.asked() && !allowance.matched()) {
                findings.report(allowance.said().origin().place(), rule + " finds nothing that this could let through; remove it");
            }
        }
    }
}
