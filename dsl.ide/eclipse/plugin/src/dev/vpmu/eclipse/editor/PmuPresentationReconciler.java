package dev.vpmu.eclipse.editor;

import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.presentation.PresentationReconciler;
import org.eclipse.jface.util.IPropertyChangeListener;

/** Colours a viewer: at once by the lexer, and then as the parser corrects it. */
public final class PmuPresentationReconciler extends PresentationReconciler {
    private final TokenPainter painter = new TokenPainter();
    private ITextViewer viewer;
    private final IPropertyChangeListener coloursChanged = event -> {
        if (event.getProperty().startsWith(StyleColours.PREFIX) && viewer != null && viewer.getTextWidget() != null) {
            viewer.invalidateTextPresentation();
        }
    };

    public PmuPresentationReconciler() {
        setDamager(painter, IDocument.DEFAULT_CONTENT_TYPE);
        setRepairer(painter, IDocument.DEFAULT_CONTENT_TYPE);
    }

    @Override
    public void install(ITextViewer installed) {
        viewer = installed;
        painter.use(WordStyles.of(installed));
        StyleColours.addListener(coloursChanged);
        super.install(installed);
    }

    @Override
    public void uninstall() {
        StyleColours.removeListener(coloursChanged);
        viewer = null;
        super.uninstall();
    }
}
