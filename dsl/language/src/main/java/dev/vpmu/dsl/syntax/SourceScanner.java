package dev.vpmu.dsl.syntax;

import java.util.ArrayList;
import java.util.List;

import dev.vpmu.dsl.syntax.Tokens.Kind;

/**
 * Splits a text into the tokens of the language, and finds what is no token at all. It splits a text without such
 * mistakes exactly as the generated lexer does; a test compares the two.
 */
final class SourceScanner {

    private static final int MOST_MISTAKES = 10;

    private final String text;
    private final List<String> signs;
    private final List<String> hyphenated;
    private final Tokens tokens;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<int[]> junk = new ArrayList<>();
    private int position;
    private int line = 1;

    SourceScanner(String text, SyntaxAutomaton automaton) {
        this.text = text;
        this.signs = automaton.signs();
        this.hyphenated = automaton.hyphenatedWords();
        this.tokens = new Tokens(text);
        scan();
    }

    Tokens tokens() {
        return tokens;
    }

    /** What is no token, at most ten mistakes. */
    List<Mistake> mistakes() {
        return mistakes;
    }

    /** Spans (from, to) that have to become white space before the generated lexer can read the text. */
    List<int[]> junk() {
        return junk;
    }

    private void scan() {
        if (text.startsWith("\uFEFF"))
            position = 1;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                line++;
                position++;
            } else if (c == ' ' || c == '\t' || c == '\r')
                position++;
            else if (isWordStart(c))
                word();
            else if (c >= '0' && c <= '9')
                take(Kind.NUMBER, wordEnd(position));
            else if (c == '"')
                string();
            else if (text.startsWith("//", position))
                lineComment();
            else if (text.startsWith("/*", position))
                blockComment();
            else
                signOrJunk();
        }
    }

    private void take(Kind kind, int end) {
        tokens.add(kind, position, end, line);
        position = end;
    }

    private void word() {
        int end = wordEnd(position);
        if (end < text.length() && text.charAt(end) == '-')
            for (String word : hyphenated)
                if (text.startsWith(word, position) && !isWordPart(position + word.length())) {
                    end = position + word.length();
                    break;
                }
        take(Kind.WORD, end);
    }

    private void string() {
        int i = position + 1;
        while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n' && text.charAt(i) != '\r')
            i += text.charAt(i) == '\\' && i + 1 < text.length() && text.charAt(i + 1) != '\n' && text.charAt(i + 1) != '\r' ? 2 : 1;
        if (i >= text.length() || text.charAt(i) != '"') {
            unterminatedString(Math.min(i, text.length()));
            return;
        }
        CharSequence literal = text.subSequence(position, i + 1);
        for (int at = TextLiteral.wrongEscape(literal, 1); at >= 0; at = TextLiteral.wrongEscape(literal, at + 2)) {
            int point = Character.codePointAt(literal, at + 1);
            report(position + at, 1 + Character.charCount(point),
                "'\\' before " + Shown.character(point) + " is no escape: a string has \\\", \\\\, \\n, \\t and \\uXXXX with four hexadecimal digits");
        }
        unreadable(position, i + 1);
        take(Kind.STRING, i + 1);
    }

    private void unterminatedString(int end) {
        int last = end;
        while (last > position + 1 && text.charAt(last - 1) <= ' ')
            last--;
        report(position, last - position, "the string is not closed: '\"' is missing before the end of line " + line);
        // an opening brace at the end of the line is more likely the element's than the string's
        int to = last > position + 1 && text.charAt(last - 1) == '{' ? last - 1 : end;
        junk.add(new int[] { position, to });
        position = to;
    }

    private void lineComment() {
        int end = position;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r')
            end++;
        unreadable(position, end);
        position = end;
    }

    private void blockComment() {
        int end = text.indexOf("*/", position + 2);
        if (end < 0) {
            report(position, 2, "the comment that begins here in line " + line + " is not closed: '*/' is missing");
            junk.add(new int[] { position, text.length() });
            position = text.length();
            return;
        }
        unreadable(position, end + 2);
        for (; position < end + 2; position++)
            if (text.charAt(position) == '\n')
                line++;
    }

    private void signOrJunk() {
        String sign = signAt(position);
        if (sign != null) {
            take(Kind.SIGN, position + sign.length());
            return;
        }
        int from = position;
        while (position < text.length() && isJunk(position))
            position++;
        int point = text.codePointAt(from);
        String what = Character.getType(point) == Character.SURROGATE
            ? Shown.codePoint(point) + " is half of a surrogate pair and no character"
            : "the character " + Shown.character(point) + " is not part of the language";
        report(from, position - from, what + hint(point));
        junk.add(new int[] { from, position });
    }

    private static String hint(int point) {
        return switch (point) {
            case ';' -> ": rows end without a sign";
            case '\'', '`', '\u201C', '\u201D', '\u2018', '\u2019' -> ": a string stands in '\"'";
            case '#' -> ": a comment begins with '//'";
            case 0xA0, 0x2003, 0x2009, 0x3000 -> ": it looks like a space, write a space";
            default -> "";
        };
    }

    /** Characters that no text has, not even inside comments and strings. */
    private void unreadable(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean paired = Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired)
                i++;
            else if (c == 0 || Character.isSurrogate(c)) {
                report(i, 1, c == 0 ? "the character U+0000 is not part of the language"
                    : Shown.codePoint(c) + " is half of a surrogate pair and no character");
                junk.add(new int[] { i, i + 1 });
            }
        }
    }

    private void report(int offset, int length, String message) {
        if (mistakes.size() < MOST_MISTAKES)
            mistakes.add(new Mistake(offset, length, Mistake.SYNTAX, message));
    }

    private boolean isJunk(int at) {
        char c = text.charAt(at);
        return c > ' ' && !isWordStart(c) && !(c >= '0' && c <= '9') && c != '"' && signAt(at) == null
                && !text.startsWith("//", at) && !text.startsWith("/*", at)
            || c < ' ' && c != '\n' && c != '\r' && c != '\t';
    }

    private String signAt(int at) {
        for (String sign : signs)
            if (text.startsWith(sign, at))
                return sign;
        return null;
    }

    private int wordEnd(int at) {
        int end = at;
        while (isWordPart(end))
            end++;
        return end;
    }

    private boolean isWordPart(int at) {
        if (at >= text.length())
            return false;
        char c = text.charAt(at);
        return isWordStart(c) || c >= '0' && c <= '9';
    }

    static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
