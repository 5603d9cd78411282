package dev.vpmu.dsl.format;

import java.util.List;

/** A visible token, the comments before it, and the grammar's view of it. */
final class Token {

    /** As in the source. */
    final String text;
    final int offset;
    final List<Comment> before;
    /** A line break stands between this token and the comment or token before it. */
    final boolean startsLine;
    /** An empty line stands there. */
    final boolean afterBlank;
    /** The first token of a row: of a member of a body, of an element, of a line of the file's head. */
    final boolean startsRow;
    /** The rule in which the token itself is written. */
    final String rule;
    /**
     * What begins with this token, outermost first: {@code Rule} for a rule, {@code Rule.feature} for something that is assigned,
     * {@code Rule:word} for a keyword.
     */
    final List<String> begins;
    /** As it is written; differs from the source only in the spelling of numbers. */
    String spelling;

    Token(String text, int offset, List<Comment> before, int newlinesBefore, boolean startsRow, String rule, List<String> begins) {
        this.text = text;
        this.offset = offset;
        this.before = before;
        this.startsLine = newlinesBefore > 0;
        this.afterBlank = newlinesBefore > 1;
        this.startsRow = startsRow;
        this.rule = rule;
        this.begins = begins;
        this.spelling = text;
    }

    int end() {
        return offset + text.length();
    }

    boolean is(String sign) {
        return text.equals(sign);
    }

    boolean begins(String what) {
        return begins.contains(what);
    }

    @Override
    public String toString() {
        return text;
    }
}
