package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.PmuPlugin;
import dev.vpmu.eclipse.project.ProjectModel.Urgency;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentExtension4;
import org.eclipse.jface.text.IDocumentListener;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.ITextViewerExtension2;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.Issue;

/** Parses and validates one open document in the background, each time that typing pauses; sets markers and colours. */
final class DocumentCheck extends Job {
    private static final long PAUSE_MILLIS = 300;

    private record Result(List<Issue> issues, List<StyledPiece> words) {
    }

    private final ITextViewer viewer;
    private final StyledText widget;
    private final IDocument document;
    private final ModelFile source;
    private final WordStyles words;
    private final IDocumentListener typing = new IDocumentListener() {
        @Override
        public void documentAboutToBeChanged(DocumentEvent event) {
            // only what is there afterwards counts
        }

        @Override
        public void documentChanged(DocumentEvent event) {
            cancel();
            schedule(PAUSE_MILLIS);
        }
    };
    private final Consumer<URI> neighbours;
    private volatile boolean closed;

    /** To be made in the UI thread. */
    DocumentCheck(ITextViewer viewer, IDocument document) {
        super("Checking a .pmu file");
        setSystem(true);
        setPriority(Job.DECORATE);
        this.viewer = viewer;
        this.document = document;
        widget = viewer.getTextWidget();
        source = ModelFile.of(document);
        words = WordStyles.of(viewer);
        neighbours = cause -> {
            if (!source.uri().equals(cause)) {
                schedule(PAUSE_MILLIS);
            }
        };
    }

    /** Begins to follow the document. */
    void open() {
        if (source != null) {
            document.addDocumentListener(typing);
            PmuPlugin.projects().addListener(neighbours);
            schedule();
        }
    }

    /** Stops following the document; the markers are then made to fit what was saved. */
    void close() {
        if (source != null) {
            closed = true;
            document.removeDocumentListener(typing);
            PmuPlugin.projects().removeListener(neighbours);
            cancel();
            words.release();
            new ClosedFileCheck(source).schedule(PAUSE_MILLIS);
        }
    }

    @Override
    public boolean shouldSchedule() {
        return !closed;
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == PmuReconciler.class;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        long stamp = stamp();
        String text = document.get();
        try {
            Result result = source.model().read(source.uri(), text, Urgency.BACKGROUND, monitor::isCanceled, (resource, stop) -> new Result(
                    resource.getResourceServiceProvider().getResourceValidator().validate(resource, CheckMode.ALL, stop),
                    WordStyling.corrections(resource, text, stop)));
            if (monitor.isCanceled() || stamp != stamp()) {
                // the edit that came between has scheduled the next run
                return Status.CANCEL_STATUS;
            }
            show(result.words(), stamp);
            ProblemMarkers.update(source.file(), result.issues());
            return Status.OK_STATUS;
        } catch (OperationCanceledException e) {
            if (!monitor.isCanceled()) {
                // gave way to the user
                schedule(PAUSE_MILLIS);
            }
            return Status.CANCEL_STATUS;
        } catch (CoreException e) {
            return e.getStatus();
        }
    }

    private void show(List<StyledPiece> pieces, long stamp) {
        if (widget == null || widget.isDisposed()) {
            return;
        }
        widget.getDisplay().asyncExec(() -> {
            if (closed || widget.isDisposed() || stamp != stamp() || viewer.getDocument() != document) {
                return;
            }
            IRegion changed = words.replace(document, pieces);
            if (changed != null && viewer instanceof ITextViewerExtension2 painted) {
                painted.invalidateTextPresentation(changed.getOffset(), changed.getLength());
            }
        });
    }

    private long stamp() {
        return ((IDocumentExtension4) document).getModificationStamp();
    }
}
