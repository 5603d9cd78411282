package dev.vpmu.generator;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.generator.output.OutputSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a compilation gave.
 *
 * @param check what was found
 * @param java what became of the Java sources; absent when there was an error, and nothing was written
 * @param resources what became of the other files; absent likewise
 */
public record CompilationResult(CheckResult check, Optional<OutputSummary> java, Optional<OutputSummary> resources) {

    /** More messages than this help nobody. */
    public static final int MOST_MESSAGES = 20;

    /** Whether there was an error. */
    public boolean failed() {
        return check.failed();
    }

    /** How many findings there are of a severity, shown or not. */
    public long count(Severity severity) {
        return check.findings().stream().filter(finding -> finding.severity() == severity).count();
    }

    /** The findings to show: by place, at most {@link #MOST_MESSAGES}, errors before others where there are more. */
    public List<Finding> messages() {
        return check.findings().stream().sorted(Comparator.comparing(Finding::severity)).limit(MOST_MESSAGES).sorted().toList();
    }
}
