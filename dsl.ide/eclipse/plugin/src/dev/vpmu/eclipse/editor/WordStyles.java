package dev.vpmu.eclipse.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.BadPositionCategoryException;
import org.eclipse.jface.text.DefaultPositionUpdater;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IPositionUpdater;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.Region;

/**
 * What the parser said about the tokens of a viewer's document where it differs from the lexer's guess: which words are names, roles or
 * keywords. Moves along with edits until the next parse. Used in the UI thread only.
 */
final class WordStyles {
    private static final String KEY = "dev.vpmu.eclipse.words";

    private static final class StyledWord extends Position {
        final String style;

        StyledWord(int offset, int length, String style) {
            super(offset, length);
            this.style = style;
        }
    }

    private final String category = KEY + "." + System.identityHashCode(this);
    private final IPositionUpdater updater = new DefaultPositionUpdater(category);
    private IDocument document;
    /** By offset at the time when they were last asked for. */
    private TreeMap<Integer, StyledWord> byOffset;

    private WordStyles() {
    }

    /** The styles that the parts of one viewer share. */
    static WordStyles of(ITextViewer viewer) {
        if (viewer.getTextWidget().getData(KEY) instanceof WordStyles styles) {
            return styles;
        }
        WordStyles styles = new WordStyles();
        viewer.getTextWidget().setData(KEY, styles);
        return styles;
    }

    /** The style of the token there, or null where the lexer is right. */
    String at(int offset, int length) {
        if (document == null) {
            return null;
        }
        if (byOffset == null) {
            byOffset = new TreeMap<>();
            for (StyledWord word : words()) {
                byOffset.put(word.getOffset(), word);
            }
        }
        Map.Entry<Integer, StyledWord> before = byOffset.lowerEntry(offset + length);
        return before != null && before.getValue().overlapsWith(offset, length) && !before.getValue().isDeleted() ? before.getValue().style : null;
    }

    /** The document has been edited: offsets that were looked up are no longer right. */
    void edited() {
        byOffset = null;
    }

    /** Takes the result of a parse; returns what has to be painted again, or null if nothing has. */
    IRegion replace(IDocument parsed, List<StyledPiece> pieces) {
        if (document != parsed) {
            release();
            document = parsed;
            document.addPositionCategory(category);
            document.addPositionUpdater(updater);
        }
        List<StyledWord> old = words();
        int same = 0;
        while (same < old.size() && same < pieces.size() && isAt(old.get(same), pieces.get(same))) {
            same++;
        }
        int sameAtEnd = 0;
        while (sameAtEnd < Math.min(old.size(), pieces.size()) - same
                && isAt(old.get(old.size() - 1 - sameAtEnd), pieces.get(pieces.size() - 1 - sameAtEnd))) {
            sameAtEnd++;
        }
        int start = Integer.MAX_VALUE;
        int end = 0;
        try {
            for (StyledWord word : old.subList(same, old.size() - sameAtEnd)) {
                document.removePosition(category, word);
                start = Math.min(start, word.getOffset());
                end = Math.max(end, word.getOffset() + word.getLength());
            }
            for (StyledPiece piece : pieces.subList(same, pieces.size() - sameAtEnd)) {
                document.addPosition(category, new StyledWord(piece.offset(), piece.length(), piece.style()));
                start = Math.min(start, piece.offset());
                end = Math.max(end, piece.offset() + piece.length());
            }
        } catch (BadLocationException | BadPositionCategoryException e) {
            throw new IllegalStateException("The parse does not belong to this document", e);
        }
        byOffset = null;
        end = Math.min(end, document.getLength());
        return start < end ? new Region(start, end - start) : null;
    }

    /** Lets go of the document. */
    void release() {
        if (document != null) {
            document.removePositionUpdater(updater);
            try {
                document.removePositionCategory(category);
            } catch (BadPositionCategoryException e) {
                throw new IllegalStateException("The document has lost the category " + category, e);
            }
            document = null;
            byOffset = null;
        }
    }

    private static boolean isAt(StyledWord word, StyledPiece piece) {
        return word.getOffset() == piece.offset() && word.getLength() == piece.length() && word.style.equals(piece.style());
    }

    private List<StyledWord> words() {
        List<StyledWord> words = new ArrayList<>();
        try {
            for (Position position : document.getPositions(category)) {
                words.add((StyledWord) position);
            }
        } catch (BadPositionCategoryException e) {
            throw new IllegalStateException("The document has lost the category " + category, e);
        }
        return words;
    }
}
