package dev.vpmu.eclipse.project;

import dev.vpmu.eclipse.PmuLanguage;
import dev.vpmu.eclipse.PmuPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceChangeListener;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.emf.common.util.URI;

/** One {@link ProjectModel} for each project that an editor asked about, kept in step with the workspace. */
public final class ProjectModels implements AutoCloseable {
    private final PmuLanguage language;
    /** Asked in this order; a source for the models that are shipped in a jar goes behind the workspace's. */
    private final List<ModelSource> sources = List.of(new WorkspaceSource());
    private final ConcurrentHashMap<IProject, ProjectModel> models = new ConcurrentHashMap<>();
    private final List<Consumer<URI>> listeners = new CopyOnWriteArrayList<>();
    private final IResourceChangeListener workspaceListener = this::workspaceChanged;

    public ProjectModels(PmuLanguage language) {
        this.language = language;
        ResourcesPlugin.getWorkspace().addResourceChangeListener(workspaceListener,
                IResourceChangeEvent.POST_CHANGE | IResourceChangeEvent.PRE_CLOSE | IResourceChangeEvent.PRE_DELETE);
    }

    /** The model that the file belongs to. */
    public ProjectModel of(IFile file) {
        return models.computeIfAbsent(file.getProject(), project -> new ProjectModel(project, language, sources, this::changed));
    }

    /** Tells the listener, on any thread, that a model has changed: with the URI of the edited file, or null for a change in the workspace. */
    public void addListener(Consumer<URI> listener) {
        listeners.add(listener);
    }

    public void removeListener(Consumer<URI> listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        ResourcesPlugin.getWorkspace().removeResourceChangeListener(workspaceListener);
        models.clear();
    }

    private void changed(URI cause) {
        listeners.forEach(listener -> listener.accept(cause));
    }

    private void workspaceChanged(IResourceChangeEvent event) {
        if (event.getType() != IResourceChangeEvent.POST_CHANGE) {
            models.remove(event.getResource());
            return;
        }
        try {
            var changes = new WorkspaceChanges();
            event.getDelta().accept(changes::visit);
            if (changes.membership || !changes.contents.isEmpty()) {
                models.values().forEach(model -> model.workspaceChanged(changes.membership, changes.contents));
                changed(null);
            }
        } catch (CoreException e) {
            PmuPlugin.log("Cannot follow a change of the workspace", e);
        }
    }

    /** What one delta says about {@code .pmu} files and about which projects see each other. */
    private static final class WorkspaceChanges {
        final List<URI> contents = new ArrayList<>();
        boolean membership;

        boolean visit(IResourceDelta delta) {
            IResource resource = delta.getResource();
            if (resource instanceof IProject) {
                boolean whole = delta.getKind() != IResourceDelta.CHANGED
                        || (delta.getFlags() & (IResourceDelta.OPEN | IResourceDelta.DESCRIPTION)) != 0;
                membership |= whole;
                return !whole;
            }
            if (resource instanceof IFile file && WorkspaceSource.isModel(file)) {
                if (delta.getKind() != IResourceDelta.CHANGED) {
                    membership = true;
                }
                if ((delta.getFlags() & (IResourceDelta.CONTENT | IResourceDelta.REPLACED | IResourceDelta.ENCODING)) != 0
                        || delta.getKind() != IResourceDelta.CHANGED) {
                    contents.add(WorkspaceSource.uri(file));
                }
            }
            return true;
        }
    }
}
