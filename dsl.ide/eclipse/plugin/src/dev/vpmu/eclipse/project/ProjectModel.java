package dev.vpmu.eclipse.project;

import dev.vpmu.eclipse.PmuLanguage;
import dev.vpmu.eclipse.PmuPlugin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;

/**
 * The {@code .pmu} files that one project can see, parsed once and linked against each other. A file that is open in an editor counts with the
 * editor's text. Linking is lazy and changes the resources, so that one thread works at a time; what the user waits for goes first.
 */
public final class ProjectModel {
    /** Work on a resource of the project, which may look at all the others. */
    public interface Work<T> {
        T on(XtextResource resource, CancelIndicator cancelled);
    }

    /** Whether the user waits for the answer. */
    public enum Urgency { INTERACTIVE, BACKGROUND }

    private final IProject project;
    private final List<ModelSource> sources;
    private final Consumer<URI> changeListener;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger usersWaiting = new AtomicInteger();

    /** Guarded by {@link #lock}. */
    private final XtextResourceSet resources;
    /** The texts of open editors; guarded by {@link #lock}. */
    private final Map<URI, String> editorTexts = new HashMap<>();

    /** What the workspace has reported since the last read; guarded by itself. */
    private final Set<URI> outdated = new LinkedHashSet<>();
    private boolean membersOutdated = true;

    ProjectModel(IProject project, PmuLanguage language, List<ModelSource> sources, Consumer<URI> changeListener) {
        this.project = project;
        this.sources = sources;
        this.changeListener = changeListener;
        resources = language.service(XtextResourceSet.class);
        resources.getLoadOptions().put(XtextResource.OPTION_ENCODING, "UTF-8");
    }

    /**
     * Runs the work on the file, with the editor's text.
     *
     * @throws OperationCanceledException if cancelled, or if the work is in the background and a user began to wait
     */
    public <T> T read(URI file, String text, Urgency urgency, CancelIndicator cancelled, Work<T> work) {
        CancelIndicator stop = urgency == Urgency.INTERACTIVE ? cancelled : () -> cancelled.isCanceled() || usersWaiting.get() > 0;
        boolean changed;
        T result;
        enter(urgency, cancelled);
        try {
            changed = update(file, text);
            result = work.on((XtextResource) resources.getResource(file, true), stop);
        } finally {
            lock.unlock();
        }
        if (changed) {
            changeListener.accept(file);
        }
        return result;
    }

    /** The editor of the file was closed: from now on the file on disk counts. */
    public void closed(URI file) {
        lock.lock();
        try {
            editorTexts.remove(file);
        } finally {
            lock.unlock();
        }
        workspaceChanged(false, List.of(file));
    }

    void workspaceChanged(boolean members, Collection<URI> contents) {
        synchronized (outdated) {
            membersOutdated |= members;
            outdated.addAll(contents);
        }
    }

    private void enter(Urgency urgency, CancelIndicator cancelled) {
        boolean interactive = urgency == Urgency.INTERACTIVE;
        if (interactive) {
            usersWaiting.incrementAndGet();
        }
        try {
            while (!lock.tryLock(50, TimeUnit.MILLISECONDS)) {
                if (cancelled.isCanceled()) {
                    throw new OperationCanceledException();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCanceledException();
        } finally {
            if (interactive) {
                usersWaiting.decrementAndGet();
            }
        }
    }

    /** Brings all files up to date; returns whether another file could now see something else. */
    private boolean update(URI file, String text) {
        boolean members;
        List<URI> contents;
        synchronized (outdated) {
            members = membersOutdated;
            contents = new ArrayList<>(outdated);
            membersOutdated = false;
            outdated.clear();
        }
        Set<URI> changed = new LinkedHashSet<>();
        for (URI uri : contents) {
            if (!editorTexts.containsKey(uri)) {
                unload(uri, changed);
            }
        }
        if (members) {
            loadMembers(changed);
        } else {
            changed.forEach(this::load);
        }
        boolean edited = text != null && !text.equals(editorTexts.put(file, text)) && reparse(file, text);
        if (edited) {
            changed.add(file);
        }
        if (!changed.isEmpty()) {
            relinkOthers(changed);
        }
        return edited;
    }

    private void loadMembers(Set<URI> changed) {
        Set<URI> members = new LinkedHashSet<>();
        try {
            for (ModelSource source : sources) {
                members.addAll(source.models(project));
            }
        } catch (CoreException e) {
            PmuPlugin.log("Cannot list the .pmu files of " + project.getName(), e);
        }
        members.addAll(editorTexts.keySet());
        for (Resource resource : List.copyOf(resources.getResources())) {
            if (!members.contains(resource.getURI())) {
                unload(resource.getURI(), changed);
            }
        }
        for (URI uri : members) {
            if (resources.getResource(uri, false) == null) {
                load(uri);
                changed.add(uri);
            }
        }
    }

    private void load(URI uri) {
        try {
            resources.getResource(uri, true);
        } catch (RuntimeException e) {
            // gone since it was listed, or not readable: its names are missing, and the references to them say so
            Resource empty = resources.getResource(uri, false);
            if (empty != null) {
                resources.getResources().remove(empty);
            }
        }
    }

    private void unload(URI uri, Set<URI> changed) {
        Resource resource = resources.getResource(uri, false);
        if (resource != null) {
            resource.unload();
            resources.getResources().remove(resource);
        }
        changed.add(uri);
    }

    private boolean reparse(URI file, String text) {
        XtextResource resource = (XtextResource) resources.getResource(file, false);
        if (resource == null) {
            resource = (XtextResource) resources.createResource(file);
        } else if (resource.getParseResult() != null && resource.getParseResult().getRootNode().getText().equals(text)) {
            return false;
        }
        try {
            resource.reparse(text);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot parse the text of " + file, e);
        }
        return true;
    }

    /** References into what changed point at objects that are gone. */
    private void relinkOthers(Set<URI> changed) {
        for (Resource resource : List.copyOf(resources.getResources())) {
            if (resource instanceof XtextResource linked && linked.isLoaded()) {
                if (!changed.contains(linked.getURI())) {
                    linked.relink();
                }
                linked.getCache().clear(linked);
            }
        }
    }
}
