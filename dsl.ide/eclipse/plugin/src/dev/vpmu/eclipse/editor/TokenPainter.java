package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.PmuPlugin;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentExtension4;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITypedRegion;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.TextPresentation;
import org.eclipse.jface.text.presentation.IPresentationDamager;
import org.eclipse.jface.text.presentation.IPresentationRepairer;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.xtext.ide.editor.syntaxcoloring.AbstractAntlrTokenToAttributeIdMapper;

/** Finds the tokens that an edit touches, and paints them. */
final class TokenPainter implements IPresentationDamager, IPresentationRepairer {
    private final AbstractAntlrTokenToAttributeIdMapper lexerStyles =
            PmuPlugin.language().service(AbstractAntlrTokenToAttributeIdMapper.class);
    private final Tokens tokens = new Tokens(PmuPlugin.language());
    private WordStyles words;
    private IDocument document;
    /** The document's modification that the tokens belong to. */
    private long seen = IDocumentExtension4.UNKNOWN_MODIFICATION_STAMP;

    /** Where the parser's corrections are. */
    void use(WordStyles corrections) {
        words = corrections;
    }

    @Override
    public void setDocument(IDocument changed) {
        document = changed;
        seen = IDocumentExtension4.UNKNOWN_MODIFICATION_STAMP;
    }

    @Override
    public IRegion getDamageRegion(ITypedRegion partition, DocumentEvent event, boolean documentPartitioningChanged) {
        words.edited();
        String text = document.get();
        int inserted = event.getText() == null ? 0 : event.getText().length();
        if (!follows(event, text.length(), inserted)) {
            bringUpToDate(text);
            return new Region(0, text.length());
        }
        Tokens.Extent extent = tokens.edit(text, event.getOffset(), event.getLength(), inserted);
        seen = stamp();
        return new Region(extent.start(), extent.end() - extent.start());
    }

    @Override
    public void createPresentation(TextPresentation presentation, ITypedRegion damage) {
        if (seen == IDocumentExtension4.UNKNOWN_MODIFICATION_STAMP || seen != stamp()) {
            bringUpToDate(document.get());
        }
        for (Tokens.Piece token : tokens.in(new Tokens.Extent(damage.getOffset(), damage.getOffset() + damage.getLength()))) {
            String corrected = words.at(token.offset(), token.length());
            String style = corrected != null ? corrected : lexerStyles.getId(token.type());
            StyleRange range = StyleColours.paint(new StyledPiece(token.offset(), token.length(), style));
            if (range != null) {
                presentation.addStyleRange(range);
            }
        }
    }

    /** Whether the event is the one edit between the tokens and the document. */
    private boolean follows(DocumentEvent event, int length, int inserted) {
        int known = tokens.all().isEmpty() ? 0 : tokens.all().get(tokens.all().size() - 1).end();
        return seen != IDocumentExtension4.UNKNOWN_MODIFICATION_STAMP && event.getModificationStamp() == stamp()
                && known + inserted - event.getLength() == length;
    }

    private void bringUpToDate(String text) {
        tokens.reset(text);
        words.edited();
        seen = stamp();
    }

    private long stamp() {
        return document instanceof IDocumentExtension4 stamped ? stamped.getModificationStamp()
                : IDocumentExtension4.UNKNOWN_MODIFICATION_STAMP;
    }
}
