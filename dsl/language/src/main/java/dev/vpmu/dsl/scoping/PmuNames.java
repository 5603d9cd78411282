package dev.vpmu.dsl.scoping;

import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.PmuFile;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.util.SimpleAttributeResolver;

/**
 * The names that files can see of each other: elements, and capabilities wherever they are declared, both directly under
 * their package. Registers, extras, fields and events have no name of this kind; they are found through the CPU they belong to.
 */
public class PmuNames extends IQualifiedNameProvider.AbstractImpl {

    @Override
    public QualifiedName getFullyQualifiedName(EObject object) {
        if (object instanceof PmuFile file) {
            return packageName(file);
        }
        if (object instanceof Element element) {
            return qualified(object, SimpleAttributeResolver.NAME_RESOLVER.apply(element));
        }
        if (object instanceof Capability capability) {
            return qualified(object, capability.getName());
        }
        return null;
    }

    private static QualifiedName qualified(EObject object, String name) {
        QualifiedName packageName = packageName(EcoreUtil2.getContainerOfType(object, PmuFile.class));
        if (name == null) {
            return null;
        }
        // a file whose package could not be read still sees its own elements
        return packageName == null ? QualifiedName.create(name) : packageName.append(name);
    }

    private static QualifiedName packageName(PmuFile file) {
        return file == null || file.getName() == null || file.getName().isEmpty()
                ? null : QualifiedName.create(file.getName().split("\\."));
    }
}
