package dev.vpmu.dsl.format;

import java.util.List;

/** Writes the tokens of a cell and the comments among them. */
final class CellText {

    private final String continued;
    private final StringBuilder text = new StringBuilder();
    private boolean endsLine;
    private boolean hasComment;

    /** @param continued the indentation of further lines */
    CellText(String continued) {
        this.continued = continued;
    }

    void token(Token previous, Token token) {
        if (endsLine) {
            newLine();
        } else if (previous != null) {
            text.append(token.before.isEmpty() ? Spacing.between(previous, token) : " ");
        }
        text.append(token.spelling);
    }

    /** The comments before a token, all of them: they stand behind the token before it. */
    void comments(Token next) {
        List<Comment> comments = next.before;
        for (int i = 0; i < comments.size(); i++) {
            Comment comment = comments.get(i);
            boolean lineEndsBehind = comment.toEndOfLine() || (i + 1 < comments.size() ? comments.get(i + 1).startsLine() : next.startsLine);
            boolean ownLine = comment.startsLine() && lineEndsBehind;
            if (endsLine || ownLine) {
                newLine();
                text.append(comment.at(continued));
            } else {
                text.append(comment.toEndOfLine() ? "  " : " ").append(comment.text());
            }
            endsLine = comment.toEndOfLine() || ownLine;
            hasComment = true;
        }
    }

    boolean hasComment() {
        return hasComment;
    }

    boolean endsLine() {
        return endsLine;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void newLine() {
        text.append('\n').append(continued);
        endsLine = false;
    }
}
