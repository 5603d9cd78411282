package dev.vpmu.dsl.rules.names;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.BranchRecords;
import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Clocks;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.FixedCounter;
import dev.vpmu.dsl.pmu.Freeze;
import dev.vpmu.dsl.pmu.Interrupt;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.PolicyUse;
import dev.vpmu.dsl.pmu.PreciseRecords;
import dev.vpmu.dsl.pmu.Rdpmc;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.Statement;
import dev.vpmu.dsl.pmu.UsePolicies;
import dev.vpmu.dsl.pmu.Version;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.LayoutBits;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.util.SimpleAttributeResolver;

/**
 * One name, or one subject, for two things. Events are left to the rule about the events of a CPU: two rows of one name can
 * be meant for different CPUs.
 */
public final class SameName implements SetRule {

    private static final Comparator<EObject> BY_PLACE = Comparator.comparing(Places::of);

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0002", Severity.ERROR,
                "No two elements of a package, and no two parts of an element, have the same name.");
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        Set<PmuFile> checked = new HashSet<>(files);
        declared(files).values().forEach(same -> checkDeclared(same, checked, findings));
        for (PmuFile file : files) {
            for (Element element : file.getElements()) {
                if (element instanceof Layout layout) {
                    checkFields(new LayoutBits(layout), findings);
                } else if (element instanceof Pmu pmu) {
                    checkStatements(pmu, findings);
                }
            }
        }
    }

    /** Every element and every capability that the files can see, by its full name. */
    private static Map<String, List<EObject>> declared(List<PmuFile> files) {
        Map<String, List<EObject>> declared = new LinkedHashMap<>();
        for (PmuFile file : visible(files)) {
            for (Element element : file.getElements()) {
                add(declared, "", file, element);
                if (element instanceof Layout || element instanceof Pmu) {
                    for (Iterator<EObject> parts = element.eAllContents(); parts.hasNext();) {
                        if (parts.next() instanceof Capability capability) {
                            add(declared, "capability ", file, capability);
                        }
                    }
                }
            }
        }
        return declared;
    }

    private static void add(Map<String, List<EObject>> declared, String kind, PmuFile file, EObject element) {
        String name = SimpleAttributeResolver.NAME_RESOLVER.apply(element);
        if (name != null && file.getName() != null) {
            declared.computeIfAbsent(kind + file.getName() + "." + name, key -> new ArrayList<>()).add(element);
        }
    }

    private static Set<PmuFile> visible(List<PmuFile> files) {
        Set<PmuFile> visible = new LinkedHashSet<>(files);
        for (PmuFile file : files) {
            if (file.eResource() != null && file.eResource().getResourceSet() != null) {
                for (Resource other : List.copyOf(file.eResource().getResourceSet().getResources())) {
                    other.getContents().stream().filter(PmuFile.class::isInstance).map(PmuFile.class::cast).forEach(visible::add);
                }
                break;
            }
        }
        return visible;
    }

    /** The first is taken to be the right one, unless it is the only one that is being checked. */
    private static void checkDeclared(List<EObject> same, Set<PmuFile> checked, Findings findings) {
        if (same.size() == 1) {
            return;
        }
        List<EObject> ordered = same.stream().sorted(BY_PLACE).toList();
        List<EObject> own = ordered.stream()
                .filter(element -> checked.contains(EcoreUtil2.getContainerOfType(element, PmuFile.class))).toList();
        for (EObject element : own) {
            if (element != ordered.get(0) || own.size() == 1) {
                EObject other = element == ordered.get(0) ? ordered.get(1) : ordered.get(0);
                String name = SimpleAttributeResolver.NAME_RESOLVER.apply(element);
                findings.report(Places.ofName(element), "the package already has " + Kinds.of(other) + "; choose another name for this "
                        + Kinds.of(element).replace(" '" + name + "'", "") + ", or remove one of the two", Places.ofName(other));
            }
        }
    }

    private static void checkFields(LayoutBits bits, Findings findings) {
        Map<List<Object>, List<FlatField>> byName = new HashMap<>();
        for (FlatField field : bits.layout().fields()) {
            List<Object> key = field.array() == null ? List.of(field.name())
                    : field.array().getBank() == null ? List.of() : List.of(field.name(), field.array().getBank());
            List<FlatField> earlier = byName.computeIfAbsent(key, name -> new ArrayList<>());
            if (field.layout() == bits.layout().layout() && !key.isEmpty()) {
                earlier.stream().filter(other -> !Guards.excludeEachOther(field.field(), other.field())).findFirst()
                        .ifPresent(other -> findings.report(Places.ofName(field.field()), "layout '" + bits.layout().layout().getName()
                                + "' already has a field '" + field.name() + "'; choose another name, or guard them so that no CPU has both",
                                Places.ofName(other.field())));
            }
            earlier.add(field);
        }
    }

    private static void checkStatements(Pmu pmu, Findings findings) {
        Map<Object, List<Statement>> bySubject = new HashMap<>();
        for (Statement statement : pmu.getStatements()) {
            if (statement instanceof UsePolicies list) {
                checkPolicies(pmu, list, findings);
            }
            Object subject = subject(statement);
            if (subject == null) {
                continue;
            }
            List<Statement> earlier = bySubject.computeIfAbsent(subject, same -> new ArrayList<>());
            boolean named = statement instanceof Register || statement instanceof Extra;
            earlier.stream().filter(other -> named || !Guards.excludeEachOther(statement, other)).findFirst().ifPresent(other ->
                    findings.report(place(statement), "'" + pmu.getName() + "' already "
                            + (named ? "has " + Kinds.of(other) + "; choose another name, or remove one of the two"
                            : "says " + text(statement) + "; remove one of the two"), place(other)));
            earlier.add(statement);
        }
    }

    /** Of policies the name alone counts, not the package: a cpu's classes are called after them. */
    private static void checkPolicies(Pmu pmu, UsePolicies list, Findings findings) {
        Map<String, PolicyUse> earlier = new HashMap<>();
        for (PolicyUse use : list.getUses()) {
            PolicyUse other = use.getPolicy() == null || use.getPolicy().getName() == null ? null
                    : earlier.putIfAbsent(use.getPolicy().getName(), use);
            if (other != null) {
                findings.report(Places.of(use), "'" + pmu.getName() + "' already lists a " + Kinds.of(use.getPolicy())
                        + "; remove one of the two, or rename a policy", Places.of(other));
            }
        }
    }

    /** What a statement is about, where a second one about the same would replace it; {@code null} for those that add up. */
    private static Object subject(Statement statement) {
        if (statement instanceof Register register) {
            return register.getName() == null ? null : "msr " + register.getName();
        }
        if (statement instanceof Extra extra) {
            return extra.getName() == null ? null : "extra " + extra.getName();
        }
        if (statement instanceof Counters counters) {
            return counters.getBank() == null || counters.getBank().eIsProxy() ? null : counters.getBank();
        }
        if (statement instanceof FixedCounter counter) {
            return counter.getBank() == null || counter.getBank().eIsProxy() || counter.getIndex() == null ? null
                    : List.of(counter.getBank(), counter.getIndex());
        }
        if (statement instanceof Freeze freeze) {
            return freeze.getSubject();
        }
        boolean single = statement instanceof Version || statement instanceof Clocks || statement instanceof Rdpmc || statement instanceof Interrupt
                || statement instanceof BranchRecords || statement instanceof PreciseRecords || statement instanceof UsePolicies;
        return single ? statement.eClass() : null;
    }

    private static Place place(Statement statement) {
        return statement instanceof Counters ? Places.of(statement, PmuPackage.eINSTANCE.getCounters_Bank())
                : statement instanceof FixedCounter ? Places.of(statement, PmuPackage.eINSTANCE.getFixedCounter_Bank())
                : Places.ofNameOrFirstWord(statement);
    }

    private static String text(Statement statement) {
        if (statement instanceof Counters counters) {
            return "which counters of '" + counters.getBank().getName() + "' there are";
        }
        if (statement instanceof FixedCounter counter) {
            return "what '" + counter.getBank().getName() + "[" + counter.getIndex() + "]' counts";
        }
        if (statement instanceof Freeze freeze) {
            return "'freeze " + freeze.getSubject().getLiteral() + "'";
        }
        return statement instanceof BranchRecords ? "'branch records'"
                : statement instanceof PreciseRecords ? "'precise records'" : Kinds.of(statement);
    }
}
