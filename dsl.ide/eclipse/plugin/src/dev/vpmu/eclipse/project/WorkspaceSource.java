package dev.vpmu.eclipse.project;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.Path;
import org.eclipse.emf.common.util.URI;

/** The {@code .pmu} files of the project itself and of the open projects that it references, directly or not. */
final class WorkspaceSource implements ModelSource {
    static final String EXTENSION = "pmu";

    @Override
    public Set<URI> models(IProject project) throws CoreException {
        Set<IProject> visible = new LinkedHashSet<>();
        addWithReferences(project, visible);
        Set<URI> models = new LinkedHashSet<>();
        for (IProject source : visible) {
            TreeMap<String, URI> files = new TreeMap<>();
            source.accept(resource -> {
                if (isBuildOutput(resource)) {
                    return false;
                }
                if (resource instanceof IFile file && isModel(file)) {
                    files.put(file.getFullPath().toString(), uri(file));
                }
                return true;
            });
            models.addAll(files.values());
        }
        return models;
    }

    static boolean isModel(IFile file) {
        return EXTENSION.equals(file.getFileExtension());
    }

    static URI uri(IFile file) {
        return URI.createPlatformResourceURI(file.getFullPath().toString(), true);
    }

    private static void addWithReferences(IProject project, Set<IProject> visible) throws CoreException {
        if (project.isAccessible() && visible.add(project)) {
            for (IProject referenced : project.getReferencedProjects()) {
                addWithReferences(referenced, visible);
            }
        }
    }

    /** Maven copies models into {@code target}; taken as well, every name would be there twice. */
    static boolean isBuildOutput(IResource resource) {
        if (resource.isDerived()) {
            return true;
        }
        return resource instanceof IContainer folder && folder.getName().equals("target")
                && folder.getParent() != null && folder.getParent().exists(new Path("pom.xml"));
    }
}
