package dev.vpmu.eclipse.project;

import java.util.Set;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.emf.common.util.URI;

/** A place that {@code .pmu} files come from. */
public interface ModelSource {
    /**
     * The files that the project can refer to, in a stable order.
     *
     * @return URIs that EMF can read, as {@code platform:/resource/…} or {@code archive:file:/….jar!/…}
     * @throws CoreException if the project cannot be read
     */
    Set<URI> models(IProject project) throws CoreException;
}
