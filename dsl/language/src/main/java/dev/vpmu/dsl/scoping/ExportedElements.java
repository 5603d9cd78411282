package dev.vpmu.dsl.scoping;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Policy;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.resource.EObjectDescription;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.eclipse.xtext.resource.impl.DefaultResourceDescriptionStrategy;
import org.eclipse.xtext.util.IAcceptor;

/** Puts elements and capabilities into the index and nothing else; event rows are not even visited, so that it stays small. */
@Singleton
public class ExportedElements extends DefaultResourceDescriptionStrategy {

    @Inject
    private IQualifiedNameProvider names;

    @Override
    public boolean createEObjectDescriptions(EObject object, IAcceptor<IEObjectDescription> acceptor) {
        if (object instanceof Element || object instanceof Capability) {
            QualifiedName name = names.getFullyQualifiedName(object);
            if (name != null) {
                acceptor.accept(EObjectDescription.create(name, object));
            }
        }
        return !(object instanceof EventTable || object instanceof Bank || object instanceof Policy);
    }
}
