package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.PmuLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.CommonToken;
import org.antlr.runtime.Token;

/**
 * A text cut into the language's tokens, without a gap. After an edit only the tokens around it are made anew: the language's lexer has no
 * state, so that from the first old boundary that it meets again on, everything is as before.
 */
public final class Tokens {
    /** A token: where it is in the text, and its number in the generated lexer. */
    public record Piece(int offset, int length, int type) {
        int end() {
            return offset + length;
        }

        Piece moved(int by) {
            return by == 0 ? this : new Piece(offset + by, length, type);
        }
    }

    /** Part of a text, as half-open range. */
    public record Extent(int start, int end) {
    }

    /** The lexer looks at most two characters beyond a token, which is two tokens at most. */
    private static final int LOOKAHEAD_TOKENS = 2;

    private final PmuLanguage language;
    private List<Piece> pieces = List.of();

    public Tokens(PmuLanguage language) {
        this.language = language;
    }

    /** Forgets what was, and cuts the text. */
    public void reset(String text) {
        pieces = new ArrayList<>();
        cut(text, 0, pieces, piece -> false);
    }

    /**
     * Follows an edit.
     *
     * @param text the text after the edit
     * @return what may look different now
     */
    public Extent edit(String text, int offset, int removed, int inserted) {
        int shift = inserted - removed;
        int first = Math.max(0, indexAt(offset) - LOOKAHEAD_TOKENS);
        int from = first < pieces.size() ? pieces.get(first).offset() : 0;
        List<Piece> old = pieces;
        List<Piece> fresh = new ArrayList<>(old.subList(0, first));
        int[] next = {indexAt(offset + removed)};
        int end = cut(text, from, fresh, piece -> {
            if (piece.offset() < offset + inserted) {
                return false;
            }
            while (next[0] < old.size() && old.get(next[0]).offset() + shift < piece.offset()) {
                next[0]++;
            }
            return next[0] < old.size() && old.get(next[0]).offset() >= offset + removed && old.get(next[0]).moved(shift).equals(piece);
        });
        if (end < text.length()) {
            for (Piece piece : old.subList(next[0], old.size())) {
                fresh.add(piece.moved(shift));
            }
        }
        pieces = fresh;
        return new Extent(from, Math.max(end, Math.min(text.length(), offset + inserted)));
    }

    /** The tokens that touch the extent, in order. */
    public List<Piece> in(Extent extent) {
        int first = indexAt(extent.start());
        int last = first;
        while (last < pieces.size() && pieces.get(last).offset() < extent.end()) {
            last++;
        }
        return pieces.subList(first, last);
    }

    public List<Piece> all() {
        return pieces;
    }

    /** Index of the token that the offset lies in, or of the first one behind it. */
    private int indexAt(int offset) {
        int low = 0;
        int high = pieces.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pieces.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Cuts from an offset on, up to the end or to the first token that is known; returns where it stopped. */
    private int cut(String text, int from, List<Piece> into, Predicate<Piece> known) {
        var lexer = language.lexer(new ANTLRStringStream(text.substring(from)));
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            CommonToken found = (CommonToken) token;
            Piece piece = new Piece(from + found.getStartIndex(), found.getStopIndex() - found.getStartIndex() + 1, found.getType());
            if (known.test(piece)) {
                return piece.offset();
            }
            into.add(piece);
        }
        return text.length();
    }
}
