package dev.vpmu.dsl.check;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What checking some files gave.
 *
 * @param findings everything that was found, by place
 * @param model the model of the checked files; absent when there is an error
 * @param sourceNames what each file was handed over as, by the name that {@link dev.vpmu.dsl.model.Place places} give it
 */
public record CheckResult(List<Finding> findings, Optional<PmuModel> model, Map<String, String> sourceNames) {

    public CheckResult {
        findings = List.copyOf(findings);
        sourceNames = Map.copyOf(sourceNames);
    }

    /** A place with the file as it was handed over: {@code src/main/pmu/vpmu/intel/BroadwellEP.pmu:12:5}. */
    public String show(Place place) {
        return sourceNames.getOrDefault(place.file(), place.file()) + ":" + place.line() + ":" + place.column();
    }

    /** A finding as one line, as compilers print it. */
    public String show(Finding finding) {
        return show(finding.place()) + ": " + finding.severity().text() + " " + finding.id() + ": " + finding.message()
                + finding.other().map(other -> " (see " + show(other) + ")").orElse("");
    }

    /** Whether there is an error. */
    public boolean failed() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
