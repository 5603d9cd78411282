package dev.vpmu.dsl.rules.cpuid;

import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.CapabilityValue;
import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.Has;
import dev.vpmu.dsl.pmu.Lacks;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatLayout;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.emf.ecore.EObject;

/** One pmu says two things about a capability, or gives a CPU one that the CPU's leaves and registers cannot report. */
public final class Contradictions implements FileRule, PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0403", Severity.ERROR,
                "A pmu says of a capability once that it has or lacks it, and has none whose bits the CPU does not show.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_STATEMENTS;
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(Pmu.class::isInstance).map(Pmu.class::cast).forEach(pmu -> {
            Map<Capability, CapabilityValue> given = new HashMap<>();
            PmuChain.statements(pmu, Has.class).stream().flatMap(has -> has.getValues().stream())
                    .filter(value -> known(value.getCapability()))
                    .forEach(value -> Optional.ofNullable(given.putIfAbsent(value.getCapability(), value))
                            .ifPresent(earlier -> findings.report(Places.of(value), "'" + pmu.getName() + "' already has '"
                                    + value.getCapability().getName() + "'; say it once", Places.of(earlier))));
            for (Lacks lacks : PmuChain.statements(pmu, Lacks.class)) {
                List<Capability> named = lacks.getCapabilities();
                for (int i = 0; i < named.size(); i++) {
                    CapabilityValue value = known(named.get(i)) ? given.get(named.get(i)) : null;
                    if (value != null) {
                        findings.report(Places.of(lacks, PMU.getLacks_Capabilities(), i), "'" + pmu.getName() + "' both has and lacks '"
                                + named.get(i).getName() + "'; keep one of the two", Places.of(value));
                    }
                }
            }
        });
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        if (!pmu.isCpu()) {
            return;
        }
        for (Capability capability : pmu.capabilities().declared()) {
            CapabilityValue given = pmu.capabilities().given(capability);
            if (given != null && pmu.capabilities().value(capability) != 0) {
                silentPlace(capability, pmu).ifPresent(place -> findings.report(Places.of(given), "'" + pmu.name() + "' has '"
                        + capability.getName() + "', but " + place + " does not exist on it and cannot report that",
                        Places.ofName(capability)));
            }
        }
    }

    /** What would have to report the capability and does not exist; empty where something reports it, or nothing has to. */
    private static Optional<String> silentPlace(Capability capability, FlatPmu pmu) {
        EObject declaration = capability.eContainer();
        if (declaration instanceof CpuidField row) {
            return pmu.exists(row.eContainer()) ? Optional.empty()
                    : Optional.of("leaf " + Numbers.hex(Numbers.of(((CpuidLeaf) row.eContainer()).getLeaf())));
        }
        if (declaration instanceof Field field) {
            boolean shown = pmu.registers().stream().map(pmu::layout).flatMap(Optional::stream)
                    .map(FlatLayout::fields).flatMap(List::stream).anyMatch(known -> known.field() == field);
            return shown ? Optional.empty() : Optional.of("the register with field '" + field.getName() + "'");
        }
        return Optional.empty();
    }

    private static boolean known(Capability capability) {
        return capability != null && !capability.eIsProxy();
    }
}
