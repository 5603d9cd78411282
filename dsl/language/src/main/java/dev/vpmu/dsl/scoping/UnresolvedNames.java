package dev.vpmu.dsl.scoping;

import com.google.inject.Inject;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.FieldRef;
import dev.vpmu.dsl.pmu.FieldSetting;
import dev.vpmu.dsl.pmu.Freeze;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.syntax.PmuResource;
import java.util.List;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.diagnostics.DiagnosticMessage;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.linking.impl.LinkingDiagnosticMessageProvider;
import org.eclipse.xtext.scoping.IScopeProvider;

/** PMU0001: a name that nothing has. Says what kind of thing was looked for, and offers the nearest spelling. */
public class UnresolvedNames extends LinkingDiagnosticMessageProvider {

    /** The rule's id. */
    public static final String ID = "PMU0001";

    @Inject
    private IScopeProvider scopes;

    @Override
    public DiagnosticMessage getUnresolvedProxyMessage(ILinkingDiagnosticContext context) {
        EObject element = context.getContext();
        EReference reference = context.getReference();
        String name = context.getLinkText();
        if (followsFromAnother(element, reference.getEReferenceType()) || mayStandInUnreadText(element, name)) {
            return null;
        }
        if (isOfPmu(reference.getEReferenceType()) && isForNothing(EcoreUtil2.getContainerOfType(element, Policy.class))) {
            return new DiagnosticMessage(kind(reference.getEReferenceType()) + " '" + name
                    + "' is not known here; write 'for' and the pmu that has it behind the policy's name", Severity.ERROR, ID);
        }
        String nearest = NearestName.of(name, isSimple(reference.getEReferenceType()), scopes.getScope(element, reference).getAllElements()).map(found -> "; did you mean '" + found + "'?")
                .orElse("");
        return new DiagnosticMessage(kind(reference.getEReferenceType()) + " '" + name + "' is not known here" + nearest, Severity.ERROR, ID);
    }

    /** Banks and capabilities are named without their package; dots in an event's name are its own. */
    private static boolean isSimple(EClass type) {
        return type == PmuPackage.eINSTANCE.getBank() || type == PmuPackage.eINSTANCE.getCapability();
    }

    private static String kind(EClass type) {
        return switch (type.getName()) {
            case "Bank" -> "bank";
            case "Layout" -> "layout";
            case "Pmu" -> "pmu";
            case "EventTable" -> "event table";
            case "Capability" -> "capability";
            case "Register" -> "register";
            case "Extra" -> "extra";
            case "Event" -> "event";
            case "Policy" -> "policy";
            default -> "field";
        };
    }

    /** Whether the name could not be found only because something on the way to it is missing, which is reported there. */
    private static boolean followsFromAnother(EObject element, EClass type) {
        PmuPackage pmu = PmuPackage.eINSTANCE;
        if (type == pmu.getField()) {
            if (element instanceof FieldRef reference) {
                return !hasWholeLayout(reference.getRegister());
            }
            if (element instanceof Freeze freeze) {
                return !hasWholeLayout(freeze.getTarget());
            }
            return !hasWholeChain(element) || element instanceof FieldSetting && !hasWholeSelectors(element);
        }
        if (type == pmu.getRegister() || type == pmu.getExtra() || type == pmu.getEvent()
                || isOfPmu(type) && EcoreUtil2.getContainerOfType(element, Policy.class) != null) {
            return !hasWholeChain(element);
        }
        return false;
    }

    /** Whether policies see names of this kind through a pmu only. */
    private static boolean isOfPmu(EClass type) {
        return type == PmuPackage.eINSTANCE.getRegister() || type == PmuPackage.eINSTANCE.getCapability();
    }

    /** Whether a file that the element may refer to has text that could not be read, and the name is in it. */
    private static boolean mayStandInUnreadText(EObject element, String name) {
        ResourceSet set = element.eResource().getResourceSet();
        List<Resource> files = set == null ? List.of(element.eResource()) : List.copyOf(set.getResources());
        return files.stream().filter(PmuResource.class::isInstance).map(PmuResource.class::cast)
                .flatMap(file -> file.blanked().stream()).anyMatch(region -> region.words().contains(name));
    }

    private static boolean hasWholeLayout(Register register) {
        return register != null && !register.eIsProxy() && PmuChain.isWhole(PmuChain.layout(register));
    }

    private static boolean hasWholeChain(EObject element) {
        Policy policy = EcoreUtil2.getContainerOfType(element, Policy.class);
        return isForNothing(policy) || PmuChain.isWhole(PmuScopeProvider.owner(element));
    }

    /** Whether a policy could not name registers and capabilities, because neither it nor what it extends says of which pmu. */
    private static boolean isForNothing(Policy policy) {
        return policy != null && PolicyChain.isWhole(policy) && PolicyChain.pmu(policy) == null;
    }

    /** Settings of counters are fields of single control registers, all others of the selectors, an array of registers. */
    private static boolean hasWholeSelectors(EObject element) {
        boolean ofCounter = EcoreUtil2.getContainerOfType(element, CounterEncoding.class) != null;
        return PmuChain.registers(PmuScopeProvider.owner(element)).values().stream()
                .filter(register -> PmuChain.isSelector(register) && (register.getBank() == null) == ofCounter)
                .allMatch(UnresolvedNames::hasWholeLayout);
    }
}
