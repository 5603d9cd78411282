package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.project.ProjectModel.Urgency;
import java.util.List;
import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.LocationKind;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.Issue;

/** After an editor was closed, perhaps without saving, the markers have to fit the file on disk again. */
final class ClosedFileCheck extends Job {
    private final ModelFile source;

    ClosedFileCheck(ModelFile source) {
        super("Checking a closed .pmu file");
        setSystem(true);
        setPriority(Job.DECORATE);
        this.source = source;
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == PmuReconciler.class;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        boolean openElsewhere = FileBuffers.getTextFileBufferManager()
                .getTextFileBuffer(source.file().getFullPath(), LocationKind.IFILE) != null;
        if (openElsewhere || !source.file().exists()) {
            return Status.OK_STATUS;
        }
        source.model().closed(source.uri());
        try {
            List<Issue> issues = source.model().read(source.uri(), null, Urgency.BACKGROUND, monitor::isCanceled,
                    (resource, stop) -> resource.getResourceServiceProvider().getResourceValidator().validate(resource, CheckMode.ALL, stop));
            ProblemMarkers.update(source.file(), issues);
            return Status.OK_STATUS;
        } catch (OperationCanceledException e) {
            return Status.CANCEL_STATUS;
        } catch (CoreException e) {
            return e.getStatus();
        }
    }
}
