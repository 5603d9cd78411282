package dev.vpmu.testing.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import com.google.inject.util.Modules;
import dev.vpmu.dsl.PmuRuntimeModule;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.ModelRule;
import dev.vpmu.dsl.rules.RuleBook;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Allowances hold for rules of any form, users' own too: by the policy that a message names, or that a place lies in. */
class OwnRuleAllowancesTest {

    private static final String ALLOWING = PolicyRulesTest.OWNING + "policy P extends Owning {\n allows HOUSE1  because \"a study\"\n}\n";

    /** A rule that reports something about each policy of a cpu. */
    private record HouseRule(BiConsumer<PolicyModel, Findings> report) implements ModelRule {

        @Override
        public RuleFacts facts() {
            return new RuleFacts("HOUSE1", Severity.ERROR, "No policy in this house.");
        }

        @Override
        public void check(CpuModel cpu, Findings findings) {
            cpu.policies().forEach(policy -> report.accept(policy, findings));
        }
    }

    private static List<String> check(String uses, BiConsumer<PolicyModel, Findings> report) {
        PmuChecker.standalone();
        PmuChecker checker = Guice.createInjector(Modules.override(new PmuRuntimeModule())
                .with(binder -> binder.bind(RuleBook.class).toInstance(new RuleBook(List.of(new HouseRule(report)))))).getInstance(PmuChecker.class);
        return checker.check(List.of(new Source("sketch.pmu", PolicySketch.text(uses, "has wide, records = 2", ALLOWING)))).findings().stream()
                .map(Finding::message).toList();
    }

    @Test
    void aFindingAtAPlaceInThePolicyIsLetThrough() {
        assertEquals(List.of("wrong"), check("Owning, P", (policy, findings) -> findings.report(policy.origin().place(), "wrong")));
        assertEquals(List.of(), check("P", (policy, findings) -> findings.report(policy.origin().place(), "wrong")));
    }

    @Test
    void aFindingThatNamesThePolicyIsLetThroughWhereverItsPlaceLies() {
        assertEquals(List.of("'Owning' is wrong"), check("Owning, P", (policy, findings) ->
                findings.report(policy.accesses().get(0).origin().place(), "'" + policy.name() + "' is wrong")));
    }

    @Test
    void aFindingAtAnInheritedPlaceThatNamesNoPolicyIsTheParents() {
        assertEquals(List.of("wrong", "HOUSE1 finds nothing that this could let through; remove it"), check("P", (policy, findings) -> findings.report(policy.accesses().get(0).origin().place(), "wrong")));
    }

    @Test
    void anAllowanceThatTheRuleHasNoUseForIsAnError() {
        assertEquals(List.of("HOUSE1 finds nothing that this could let through; remove it"), check("P", (policy, findings) -> { }));
    }
}
