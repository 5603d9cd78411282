package dev.vpmu.eclipse.editor;

import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextInputListener;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.reconciler.IReconciler;
import org.eclipse.jface.text.reconciler.IReconcilingStrategy;

/** Has the document of a viewer checked, as long as the viewer shows it. */
public final class PmuReconciler implements IReconciler {
    private ITextViewer viewer;
    private DocumentCheck check;
    private final ITextInputListener inputListener = new ITextInputListener() {
        @Override
        public void inputDocumentAboutToBeChanged(IDocument oldInput, IDocument newInput) {
            disconnect();
        }

        @Override
        public void inputDocumentChanged(IDocument oldInput, IDocument newInput) {
            connect(newInput);
        }
    };

    @Override
    public void install(ITextViewer installed) {
        viewer = installed;
        viewer.addTextInputListener(inputListener);
        connect(viewer.getDocument());
    }

    @Override
    public void uninstall() {
        disconnect();
        if (viewer != null) {
            viewer.removeTextInputListener(inputListener);
            viewer = null;
        }
    }

    /** The check is one for the whole document and needs no thread of the reconciler. */
    @Override
    public IReconcilingStrategy getReconcilingStrategy(String contentType) {
        return null;
    }

    private void connect(IDocument document) {
        disconnect();
        if (document != null) {
            check = new DocumentCheck(viewer, document);
            check.open();
        }
    }

    private void disconnect() {
        if (check != null) {
            check.close();
            check = null;
        }
    }
}
