package dev.vpmu.dsl.check;

import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What checking some files gave.
 *
 * @param findings everything that was found, by place
 * @param model the model of the checked files; absent when there is an error
 */
public record CheckResult(List<Finding> findings, Optional<PmuModel> model) {

    public CheckResult {
        findings = List.copyOf(findings);
    }

    /** Whether there is an error. */
    public boolean failed() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
