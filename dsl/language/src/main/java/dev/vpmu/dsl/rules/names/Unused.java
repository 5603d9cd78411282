package dev.vpmu.dsl.rules.names;

import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.Import;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.NamedCapability;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.util.SimpleAttributeResolver;

/**
 * An import without which the file means the same; a capability that a statement declares, or an extra, for which no CPU has
 * a use. What a leaf or a register reports is used by being reported, and what is meant for CPUs that are not among the
 * files is left alone.
 */
public final class Unused implements SetRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0007", Severity.WARNING, "Every import, every capability of its own and every extra is used.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        Uses uses = new Uses();
        files.forEach(file -> checkImports(file, uses, findings));
        Set<EObject> used = new HashSet<>();
        files.forEach(file -> file.getElements().forEach(element -> used.addAll(uses.of(element))));
        Set<Pmu> extended = new LinkedHashSet<>();
        pmus.stream().filter(FlatPmu::isCpu).forEach(cpu -> {
            extended.addAll(cpu.chain());
            parts(cpu).forEach(part -> used.addAll(uses.of(part)));
        });
        for (Pmu pmu : extended) {
            if (files.contains(pmu.eContainer())) {
                checkDeclared(pmu, used, findings);
            }
        }
    }

    private static void checkImports(PmuFile file, Uses uses, Findings findings) {
        Set<String> used = new HashSet<>();
        file.getElements().forEach(element -> uses.of(element).forEach(target -> {
            PmuFile other = EcoreUtil2.getContainerOfType(target, PmuFile.class);
            if (other != null && other.getName() != null && !other.getName().equals(file.getName())) {
                used.add(other.getName() + ".*");
                used.add(other.getName() + "." + SimpleAttributeResolver.NAME_RESOLVER.apply(target));
            }
        }));
        Set<String> seen = new HashSet<>();
        for (Import line : file.getImports()) {
            String name = line.getImportedNamespace();
            if (name != null && (!used.contains(name) || !seen.add(name))) {
                findings.report(Places.of(line, PmuPackage.eINSTANCE.getImport_ImportedNamespace()), used.contains(name)
                        ? "'" + name + "' is imported twice; remove one of the two"
                        : "nothing of '" + name + "' is used in this file; remove the import");
            }
        }
    }

    private static void checkDeclared(Pmu pmu, Set<EObject> used, Findings findings) {
        for (NamedCapability statement : PmuChain.statements(pmu, NamedCapability.class)) {
            Capability capability = statement.getCapability();
            if (capability != null && capability.getName() != null && !used.contains(capability)) {
                findings.report(Places.ofName(capability), "no CPU has capability '" + capability.getName()
                        + "' and nothing asks for it; write 'has " + capability.getName() + "' in a cpu, or remove it");
            }
        }
        for (Extra extra : PmuChain.statements(pmu, Extra.class)) {
            if (extra.getName() != null && !used.contains(extra)) {
                findings.report(Places.ofName(extra), "no event is counted with extra '" + extra.getName() + "'; write 'with "
                        + extra.getName() + " …' at the events that need it, or remove it");
            }
        }
    }

    /** Everything that makes up a cpu. */
    private static Set<Element> parts(FlatPmu cpu) {
        Set<Element> parts = new LinkedHashSet<>(cpu.chain());
        parts.addAll(cpu.tables());
        cpu.all(Register.class).stream().map(RegisterFacts::ownLayout).forEach(layout -> parts.addAll(PmuChain.of(layout)));
        return parts;
    }

    /** What elements refer to, looked up once for each. */
    private static final class Uses {

        private final Map<Element, Set<EObject>> known = new HashMap<>();

        Set<EObject> of(Element element) {
            Set<EObject> targets = known.get(element);
            if (targets == null) {
                targets = new HashSet<>();
                collect(element, targets);
                for (Iterator<EObject> parts = element.eAllContents(); parts.hasNext();) {
                    collect(parts.next(), targets);
                }
                known.put(element, targets);
            }
            return targets;
        }

        private static void collect(EObject part, Set<EObject> targets) {
            for (EObject target : part.eCrossReferences()) {
                if (isNamed(target)) {
                    targets.add(target);
                }
            }
        }

        private static boolean isNamed(EObject target) {
            return Stream.<Class<?>>of(Bank.class, Layout.class, Pmu.class, EventTable.class, Policy.class, Capability.class, Extra.class)
                    .anyMatch(kind -> kind.isInstance(target)) && !target.eIsProxy();
        }
    }
}
