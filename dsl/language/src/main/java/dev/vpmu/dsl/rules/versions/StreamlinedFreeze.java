package dev.vpmu.dsl.rules.versions;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.Freeze;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What architectural versions 4 and 5 changed: how counters freeze, who uses them, and the end of counting for any thread. */
public final class StreamlinedFreeze implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0805", Severity.ERROR,
                "Version 4 or later has set and usage registers and freezes by status bits; version 5 deprecates 'any thread'.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_STATEMENTS;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        if (pmu.version() < 4) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        String missing = pmu.isCpu() ? VersionPlaces.missing(pmu, List.of(RegisterRole.SET, RegisterRole.USAGE)) : "";
        if (!missing.isEmpty()) {
            wrong.add("has no register that " + missing);
        }
        Field anyThread = pmu.version() < 5 ? null : anyThread(pmu).orElse(null);
        if (anyThread != null) {
            wrong.add("has 'any thread' in field '" + anyThread.getName()
                    + "', which 'has any_thread_deprecated' and a guard with 'unless' take away");
        }
        if (!wrong.isEmpty()) {
            findings.report(VersionPlaces.of(pmu), pmu.name() + " does not fit version " + pmu.version() + ": it "
                    + String.join(", and ", wrong),
                    anyThread == null ? VersionPlaces.inherited(pmu) : Places.ofName(anyThread));
        }
        pmu.freezes().stream().filter(Freeze::isClears).forEach(freeze -> findings.report(Places.of(freeze, PMU.getFreeze_Clears()),
                "from version 4 on a freeze sets a status bit; " + pmu.name() + " has version " + pmu.version(),
                VersionPlaces.inherited(pmu)));
    }

    /** A field for it that exists, or, where capabilities are open, one that no capability takes away. */
    private static Optional<Field> anyThread(FlatPmu pmu) {
        return pmu.registers(RegisterRole.SELECTOR).stream().map(pmu::layout).flatMap(Optional::stream)
                .flatMap(layout -> layout.fields().stream()).filter(field -> field.role() == FieldRole.ANY_THREAD).map(FlatField::field)
                .filter(field -> pmu.isCpu() || Guards.isOpen(field)).findFirst();
    }
}
