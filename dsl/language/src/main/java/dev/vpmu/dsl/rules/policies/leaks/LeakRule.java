package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.ModelRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports one kind of leak of the policies of a cpu. */
abstract class LeakRule implements ModelRule {

    private final Leak leak;
    private final String summary;
    private final Residency residency;

    LeakRule(Leak leak, Residency residency, String summary) {
        this.leak = leak;
        this.residency = residency;
        this.summary = summary;
    }

    @Override
    public final RuleFacts facts() {
        return new RuleFacts(leak.id(), Severity.ERROR, summary);
    }

    @Override
    public final void check(CpuModel cpu, Findings findings) {
        residency.of(cpu).forEach((policy, leaks) -> {
            Map<Place, List<LeakFinding>> byPlace = leaks.stream().filter(finding -> finding.leak() == leak)
                    .collect(Collectors.groupingBy(finding -> place(policy, finding), LinkedHashMap::new, Collectors.toList()));
            byPlace.forEach((place, found) -> {
                Place statement = found.get(0).origin().place();
                findings.report(place, message(found), statement.equals(place) ? null : statement);
            });
        });
    }

    /** The statement or, if a parent makes it, the policy: the parent alone may be right. */
    private static Place place(PolicyModel policy, LeakFinding finding) {
        return (finding.origin().declaredIn().equals(policy.name()) ? finding.origin() : policy.origin()).place();
    }

    /** The findings at one place as one message. */
    private static String message(List<LeakFinding> found) {
        Map<String, List<String>> registers = new LinkedHashMap<>();
        for (LeakFinding finding : found) {
            registers.computeIfAbsent(finding.when() + " " + finding.parties(), key -> new ArrayList<>()).add(finding.register());
        }
        String what = registers.entrySet().stream().map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .collect(Collectors.joining("; "));
        return what + "; " + found.stream().map(finding -> finding.cause().text()).distinct().collect(Collectors.joining(", "));
    }
}
