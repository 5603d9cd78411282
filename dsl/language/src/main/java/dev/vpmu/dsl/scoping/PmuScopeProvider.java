package dev.vpmu.dsl.scoping;

import com.google.inject.Inject;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.FieldRef;
import dev.vpmu.dsl.pmu.Freeze;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.resource.EObjectDescription;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.scoping.IScope;
import org.eclipse.xtext.scoping.impl.MapBasedScope;
import org.eclipse.xtext.util.IResourceScopeCache;

/**
 * Which names a reference can see. Elements and capabilities are visible across files ({@link PackageScopes}); registers,
 * extras, events and fields only through the pmu that the reference stands in, or that its event table or policy is for.
 * A policy sees capabilities in the same way.
 */
public class PmuScopeProvider extends AbstractPmuScopeProvider {

    @Inject
    private IResourceScopeCache cache;

    /** The linker splits names at dots with it, those of events too. */
    @Inject
    private IQualifiedNameConverter names;

    @Override
    public IScope getScope(EObject context, EReference reference) {
        EClass type = reference.getEReferenceType();
        PmuPackage pmu = PmuPackage.eINSTANCE;
        if (type == pmu.getRegister()) {
            return scope("registers", context, owner(context), PmuChain::registers);
        }
        if (type == pmu.getExtra()) {
            return scope("extras", context, owner(context), PmuChain::extras);
        }
        if (type == pmu.getEvent()) {
            return events(context);
        }
        if (type == pmu.getField()) {
            return fields(context);
        }
        if (type == pmu.getCapability() && EcoreUtil2.getContainerOfType(context, Policy.class) != null) {
            return scope("capabilities", context, owner(context), PmuChain::capabilities);
        }
        return super.getScope(context, reference);
    }

    /** The pmu whose registers a place can see. */
    static Pmu owner(EObject context) {
        Pmu enclosing = EcoreUtil2.getContainerOfType(context, Pmu.class);
        if (enclosing != null) {
            return enclosing;
        }
        Policy policy = EcoreUtil2.getContainerOfType(context, Policy.class);
        if (policy != null) {
            return PolicyChain.pmu(policy);
        }
        EventTable table = EcoreUtil2.getContainerOfType(context, EventTable.class);
        return table == null ? null : table.getPmu();
    }

    private IScope events(EObject context) {
        EventTable table = EcoreUtil2.getContainerOfType(context, EventTable.class);
        IScope inherited = scope("events", context, owner(context), PmuChain::events);
        if (table == null) {
            return inherited;
        }
        return cached("own events", table, () -> {
            Map<String, EObject> own = new LinkedHashMap<>();
            table.getEvents().forEach(event -> own.putIfAbsent(event.getName(), event));
            return of(inherited, own);
        });
    }

    private IScope fields(EObject context) {
        if (context instanceof FieldRef reference) {
            return of(IScope.NULLSCOPE, PmuChain.fields(PmuChain.layout(reference.getRegister())));
        }
        if (context instanceof Freeze freeze) {
            return of(IScope.NULLSCOPE, PmuChain.fields(PmuChain.layout(freeze.getTarget())));
        }
        Pmu owner = owner(context);
        CounterEncoding counter = EcoreUtil2.getContainerOfType(context, CounterEncoding.class);
        if (counter != null && counter.getBank() != null && !counter.getBank().eIsProxy()) {
            return scope("control fields " + counter.getBank().getName(), context, owner,
                    part -> PmuChain.controlFields(part, counter.getBank()));
        }
        return scope("selector fields", context, owner, PmuChain::selectorFields);
    }

    private IScope scope(String kind, EObject context, Pmu owner, Function<Pmu, Map<String, ? extends EObject>> visible) {
        if (owner == null || owner.eIsProxy()) {
            return IScope.NULLSCOPE;
        }
        return cache.get(List.of(kind, owner), context.eResource(), () -> of(IScope.NULLSCOPE, visible.apply(owner)));
    }

    private IScope cached(String kind, EObject key, Supplier<IScope> scope) {
        return cache.get(List.of(kind, key), key.eResource(), scope::get);
    }

    private IScope of(IScope outer, Map<String, ? extends EObject> named) {
        List<IEObjectDescription> descriptions = named.entrySet().stream()
                .filter(entry -> entry.getKey() != null && !entry.getKey().isEmpty())
                .map(entry -> EObjectDescription.create(names.toQualifiedName(entry.getKey()), entry.getValue())).toList();
        return MapBasedScope.createScope(outer, descriptions);
    }
}
