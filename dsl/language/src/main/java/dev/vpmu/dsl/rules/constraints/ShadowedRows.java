package dev.vpmu.dsl.rules.constraints;

import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Constraints;
import dev.vpmu.dsl.pmu.Periods;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.Patterns;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.emf.ecore.EObject;

/**
 * A row that no event reaches, since the rows before it take them all. Only rows of one pmu are compared: that a cpu's own rows
 * come before those it inherits is how it replaces them.
 */
public final class ShadowedRows implements PmuRule {

    /** A row with its guard, whether only unmodified events match, and its patterns. */
    private record Row(EObject row, dev.vpmu.dsl.pmu.EventPattern syntax, boolean plain, List<EventPattern> patterns) {
    }

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0601", Severity.WARNING, "A constraint or period row matches something that no row before it does.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Patterns patterns = new Patterns(pmu);
        List<Row> constraints = new ArrayList<>();
        PmuChain.statements(pmu.pmu(), Constraints.class).forEach(block -> block.getRows().stream().filter(row -> !row.isWithin())
                .forEach(row -> constraints.add(new Row(row, row.getPattern(), row.isPlain(), patterns.patterns(row.getPattern())))));
        List<Row> periods = new ArrayList<>();
        PmuChain.statements(pmu.pmu(), Periods.class).forEach(block -> block.getRows()
                .forEach(row -> periods.add(new Row(row, row.getPattern(), false, patterns.patterns(row.getPattern())))));
        int codes = Coverage.highestCode(pmu);
        check(constraints, codes, findings);
        check(periods, codes, findings);
    }

    private static void check(List<Row> rows, int highestCode, Findings findings) {
        for (int later = 1; later < rows.size(); later++) {
            Row row = rows.get(later);
            List<Row> before = rows.subList(0, later).stream()
                    .filter(other -> Guards.implies(row.row(), other.row()) && (row.plain() || !other.plain())).toList();
            List<EventPattern> others = before.stream().flatMap(other -> other.patterns().stream()).toList();
            List<EventPattern> shadowed = row.patterns().stream().filter(own -> Coverage.of(own, others, highestCode)).toList();
            if (shadowed.size() == row.patterns().size() && !shadowed.isEmpty()) {
                report(Places.of(row.syntax()), shadowed.get(0), before, highestCode, findings);
            } else {
                shadowed.forEach(own -> report(Places.of(row.syntax(), PmuPackage.eINSTANCE.getEventPattern_Codes(),
                        row.patterns().indexOf(own)), own, before, highestCode, findings));
            }
        }
    }

    private static void report(Place place, EventPattern pattern, List<Row> before, int highestCode, Findings findings) {
        findings.report(place, "no event reaches this: the rows before it match all that it does; put it before them, or remove it",
                first(pattern, before, highestCode));
    }

    /** The earlier row that alone matches as much, or the first of several that do so together. */
    private static Place first(EventPattern pattern, List<Row> before, int highestCode) {
        Row alone = before.stream().filter(other -> Coverage.of(pattern, other.patterns(), highestCode)).findFirst().orElse(null);
        Row touching = before.stream().filter(other -> other.patterns().stream()
                .anyMatch(own -> own.codeLow() <= pattern.codeHigh() && pattern.codeLow() <= own.codeHigh())).findFirst().orElse(null);
        return alone != null ? Places.of(alone.syntax()) : touching != null ? Places.of(touching.syntax()) : null;
    }
}
