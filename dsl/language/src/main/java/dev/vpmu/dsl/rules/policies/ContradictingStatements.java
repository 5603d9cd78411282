package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Access;
import dev.vpmu.dsl.pmu.Accounts;
import dev.vpmu.dsl.pmu.Allows;
import dev.vpmu.dsl.pmu.Conflict;
import dev.vpmu.dsl.pmu.Filters;
import dev.vpmu.dsl.pmu.Forbids;
import dev.vpmu.dsl.pmu.Maps;
import dev.vpmu.dsl.pmu.Owns;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.pmu.PolicyStatement;
import dev.vpmu.dsl.pmu.RdpmcAccess;
import dev.vpmu.dsl.pmu.RegisterTarget;
import dev.vpmu.dsl.pmu.Reprogram;
import dev.vpmu.dsl.pmu.Requires;
import dev.vpmu.dsl.pmu.Route;
import dev.vpmu.dsl.pmu.Sequence;
import dev.vpmu.dsl.pmu.Switching;
import dev.vpmu.dsl.pmu.Targeted;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.PolicyWords;
import dev.vpmu.dsl.resolve.policies.Targets;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.emf.ecore.EObject;

/**
 * One policy says two things about one register, moment or subject. That it says something of a role and something else of a
 * register that has it is no contradiction: the register's name decides.
 */
public final class ContradictingStatements implements FileRule {

    private static final List<Class<? extends PolicyStatement>> SINGLE = List.of(Owns.class, Maps.class, Forbids.class, Reprogram.class,
            Route.class, Accounts.class, Filters.class, RdpmcAccess.class, Conflict.class);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0908", Severity.ERROR, "A policy says one thing about a register, a moment or a subject.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(Policy.class::isInstance).forEach(policy -> check((Policy) policy, findings));
    }

    private static void check(Policy policy, Findings findings) {
        Map<Object, PolicyStatement> said = new HashMap<>();
        for (PolicyStatement statement : policy.getStatements()) {
            if (statement instanceof Targeted targeted) {
                targeted.getTargets().forEach(target -> checkTarget(policy, statement, target, said, findings));
            } else if (statement instanceof Sequence sequence) {
                PolicyWords.triggers(sequence).forEach(trigger ->
                        check(policy, statement, sequence, trigger, "what is done on " + trigger.text(), said, findings));
            } else if (statement instanceof Allows allows) {
                check(policy, statement, allows, List.of("allows", allows.getRule()), "that it allows " + allows.getRule(), said, findings);
            } else if (statement instanceof Requires requires && requires.getVersion() != null) {
                check(policy, statement, requires, Requires.class, "which version it requires", said, findings);
            } else {
                SINGLE.stream().filter(kind -> kind.isInstance(statement)).findFirst()
                        .ifPresent(kind -> check(policy, statement, statement, kind, "that", said, findings));
            }
        }
    }

    private static void checkTarget(Policy policy, PolicyStatement statement, RegisterTarget target, Map<Object, PolicyStatement> said,
            Findings findings) {
        Class<?> subject = statement instanceof Access ? Access.class : Switching.class;
        String about = (statement instanceof Access ? "what happens to '" : "how to switch '") + Targets.text(target) + "'";
        if (target.getRegister() != null) {
            if (target.getRegister().getName() != null) {
                check(policy, statement, target, List.of(subject, target.getRegister().getName()), about, said, findings);
            }
            return;
        }
        for (RegisterRole role : Targets.roles(target.getRole())) {
            if (check(policy, statement, target, List.of(subject, role), about, said, findings)) {
                return;
            }
        }
    }

    /** Whether it was said already; the first statement stays the one that the others contradict. */
    private static boolean check(Policy policy, PolicyStatement statement, EObject part, Object subject, String about,
            Map<Object, PolicyStatement> said, Findings findings) {
        PolicyStatement earlier = said.putIfAbsent(subject, statement);
        if (earlier == null || earlier != statement && Guards.excludeEachOther(earlier, statement)) {
            return false;
        }
        findings.report(Places.of(part), "policy '" + policy.getName() + "' already says " + about + "; remove one of the two", Places.of(earlier));
        return true;
    }
}
