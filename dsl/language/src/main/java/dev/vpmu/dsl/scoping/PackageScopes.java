package dev.vpmu.dsl.scoping;

import dev.vpmu.dsl.pmu.PmuFile;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.scoping.impl.ImportNormalizer;
import org.eclipse.xtext.scoping.impl.ImportedNamespaceAwareLocalScopeProvider;

/** Elements and capabilities: by full name, through the file's imports, or without one from the file's own package. */
public class PackageScopes extends ImportedNamespaceAwareLocalScopeProvider {

    @Override
    protected List<ImportNormalizer> internalGetImportedNamespaceResolvers(EObject context, boolean ignoreCase) {
        List<ImportNormalizer> resolvers = new ArrayList<>(super.internalGetImportedNamespaceResolvers(context, ignoreCase));
        if (context instanceof PmuFile file) {
            QualifiedName ownPackage = getQualifiedNameProvider().getFullyQualifiedName(file);
            if (ownPackage != null) {
                resolvers.add(doCreateImportNormalizer(ownPackage, true, ignoreCase));
            }
        }
        return resolvers;
    }
}
