package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.CapabilityValue;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.Guarded;
import dev.vpmu.dsl.pmu.Lacks;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.EcoreUtil2;

/**
 * A guard, {@code has} or {@code lacks} names a capability that exists, but of other CPUs. Guards of layouts are left out: a
 * layout may serve CPUs that do not know all its capabilities.
 */
public final class UndeclaredCapabilities implements PmuRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0205", Severity.ERROR,
                "A capability in a guard, in 'has' or in 'lacks' is declared by the CPU or by something that it extends.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Set<Capability> declared = new HashSet<>(pmu.capabilities().declared());
        for (Pmu part : pmu.chain()) {
            part.getStatements().forEach(statement -> {
                check(statement, pmu, declared, findings);
                EcoreUtil2.eAllContents(statement).forEach(element -> check(element, pmu, declared, findings));
            });
        }
        pmu.tables().forEach(table -> table.getEvents().forEach(event -> check(event, pmu, declared, findings)));
    }

    private static void check(EObject element, FlatPmu pmu, Set<Capability> declared, Findings findings) {
        if (element instanceof Guarded guarded) {
            check(element, PMU.getGuarded_Required(), guarded.getRequired(), pmu, declared, findings);
            check(element, PMU.getGuarded_Excluded(), guarded.getExcluded(), pmu, declared, findings);
        } else if (element instanceof CapabilityValue value && value.getCapability() != null) {
            check(element, PMU.getCapabilityValue_Capability(), List.of(value.getCapability()), pmu, declared, findings);
        } else if (element instanceof Lacks lacks) {
            check(element, PMU.getLacks_Capabilities(), lacks.getCapabilities(), pmu, declared, findings);
        }
    }

    private static void check(EObject element, EStructuralFeature feature, List<Capability> named, FlatPmu pmu, Set<Capability> declared,
            Findings findings) {
        for (int i = 0; i < named.size(); i++) {
            Capability capability = named.get(i);
            if (capability.eIsProxy() || declared.contains(capability) || !pmu.isCpu() && mayComeLater(capability, pmu)) {
                continue;
            }
            Layout layout = EcoreUtil2.getContainerOfType(capability, Layout.class);
            Pmu owner = EcoreUtil2.getContainerOfType(capability, Pmu.class);
            String where = layout != null ? "layout '" + layout.getName() + "', which no register of '" + pmu.name() + "' has"
                    : (EcoreUtil2.getContainerOfType(capability, CpuidLeaf.class) != null ? "a leaf of '" : "'")
                            + (owner == null ? "" : owner.getName()) + "', which '" + pmu.name() + "' does not extend";
            findings.report(Places.of(element, feature, i), "capability '" + capability.getName() + "' is declared in " + where
                    + "; declare here how software sees it", Places.ofName(capability));
        }
    }

    /** Whether what extends the pmu can declare the capability. */
    private static boolean mayComeLater(Capability capability, FlatPmu pmu) {
        Pmu owner = EcoreUtil2.getContainerOfType(capability, Pmu.class);
        return owner == null || PmuChain.of(owner).contains(pmu.pmu());
    }
}
