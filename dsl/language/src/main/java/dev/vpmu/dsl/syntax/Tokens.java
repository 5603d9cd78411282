package dev.vpmu.dsl.syntax;

import java.util.Arrays;

/** The visible tokens of a text, in order: no white space and no comments. */
final class Tokens {

    enum Kind {
        WORD, NUMBER, STRING, SIGN
    }

    private final String text;
    private Kind[] kinds = new Kind[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] lines = new int[64];
    private int[] lineStarts = new int[64];
    private int size;

    Tokens(String text) {
        this.text = text;
    }

    void add(Kind kind, int start, int end, int line) {
        if (size == starts.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            lines = Arrays.copyOf(lines, size * 2);
            lineStarts = Arrays.copyOf(lineStarts, size * 2);
        }
        kinds[size] = kind;
        starts[size] = start;
        ends[size] = end;
        lines[size] = line;
        lineStarts[size] = size == 0 || lines[size - 1] != line ? size : lineStarts[size - 1];
        size++;
    }

    int size() {
        return size;
    }

    Kind kind(int token) {
        return kinds[token];
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    /** Line of the token, from 1. */
    int line(int token) {
        return lines[token];
    }

    String text(int token) {
        return text.substring(starts[token], ends[token]);
    }

    boolean is(int token, char sign) {
        return token >= 0 && token < size && ends[token] - starts[token] == 1 && text.charAt(starts[token]) == sign;
    }

    boolean isSign(int token) {
        return kinds[token] == Kind.SIGN;
    }

    boolean isWord(int token) {
        return token < size && kinds[token] == Kind.WORD;
    }

    boolean isFirstOnLine(int token) {
        return token == 0 || lines[token - 1] != lines[token];
    }

    /** First token on the line of the given token. */
    int lineStart(int token) {
        return lineStarts[token];
    }

    /** Width of the white space before the first token of the token's line; a tab counts as four. */
    int indent(int token) {
        int width = 0;
        int first = starts[lineStart(token)];
        for (int i = text.lastIndexOf('\n', first - 1) + 1; i < first; i++)
            width += text.charAt(i) == '\t' ? 4 : 1;
        return text.startsWith("\uFEFF") && lines[token] == 1 ? Math.max(width - 1, 0) : width;
    }

    /** Offset of a token's first character, or the text's length for the end of the text. */
    int startOrEnd(int token) {
        return token < size ? starts[token] : text.length();
    }
}
