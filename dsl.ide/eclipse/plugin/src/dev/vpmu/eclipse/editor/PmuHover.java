package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.PmuPlugin;
import dev.vpmu.eclipse.project.ProjectModel.Urgency;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextHover;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Region;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.xtext.ide.server.Document;
import org.eclipse.xtext.ide.server.hover.IHoverService;
import org.eclipse.xtext.util.CancelIndicator;

/** Shows what the language server would show. */
public final class PmuHover implements ITextHover {
    @Override
    public String getHoverInfo(ITextViewer viewer, IRegion region) {
        ModelFile source = ModelFile.of(viewer.getDocument());
        if (source == null) {
            return null;
        }
        String text = viewer.getDocument().get();
        Document document = new Document(1, text);
        if (region.getOffset() > text.length()) {
            return null;
        }
        HoverParams params = new HoverParams(new TextDocumentIdentifier(source.uri().toString()), document.getPosition(region.getOffset()));
        try {
            Hover hover = source.model().read(source.uri(), text, Urgency.INTERACTIVE, CancelIndicator.NullImpl,
                    (resource, stop) -> PmuPlugin.language().service(IHoverService.class).hover(document, resource, params, stop));
            return hover == null || hover.getContents() == null || !hover.getContents().isRight() || hover.getContents().getRight().getValue().isBlank()
                    ? null : hover.getContents().getRight().getValue();
        } catch (OperationCanceledException e) {
            return null;
        }
    }

    @Override
    public IRegion getHoverRegion(ITextViewer viewer, int offset) {
        try {
            int start = offset;
            int end = offset;
            while (start > 0 && Character.isJavaIdentifierPart(viewer.getDocument().getChar(start - 1))) {
                start--;
            }
            while (end < viewer.getDocument().getLength() && Character.isJavaIdentifierPart(viewer.getDocument().getChar(end))) {
                end++;
            }
            return new Region(start, end - start);
        } catch (BadLocationException e) {
            return new Region(offset, 0);
        }
    }
}
