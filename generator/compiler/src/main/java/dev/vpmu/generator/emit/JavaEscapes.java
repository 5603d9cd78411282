package dev.vpmu.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text of a {@code .pmu} file inside Java source, where it can only ever be text. All results are ASCII and hold no Unicode
 * escape that stands for a character of the syntax: such an escape counts before anything else (JLS §3.3), also in comments.
 */
public final class JavaEscapes {

    /** A constant of a class file holds so many bytes (JVMS §4.4.7). */
    private static final int LONGEST_CONSTANT = 65_535;

    private JavaEscapes() {
    }

    /**
     * A string literal, with its quotes, whose value is exactly {@code text}.
     *
     * @throws IllegalArgumentException if the text is longer than a constant of a class file can be
     */
    public static String literal(String text) {
        StringBuilder java = new StringBuilder(text.length() + 16).append('"');
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c >= 1 && c <= 0x7F ? 1 : c <= 0x7FF ? 2 : 3;
            switch (c) {
                case '"' -> java.append("\\\"");
                // javac takes a backslash for a fresh one when half a surrogate pair is before it
                case '\\' -> java.append(i > 0 && Character.isSurrogate(text.charAt(i - 1)) ? "\\134" : "\\\\");
                case '\n' -> java.append("\\n");
                case '\r' -> java.append("\\r");
                case '\t' -> java.append("\\t");
                default -> {
                    if (c >= ' ' && c < 0x7F) {
                        java.append(c);
                    } else if (c < 0x80) {
                        java.append(String.format(Locale.ROOT, "\\%03o", (int) c));
                    } else {
                        java.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    }
                }
            }
        }
        if (bytes > LONGEST_CONSTANT) {
            throw new IllegalArgumentException("a text of " + bytes + " bytes is no constant of a class file; at most "
                    + LONGEST_CONSTANT + ": " + text.substring(0, 40) + "…");
        }
        return java.append('"').toString();
    }

    /**
     * The lines of a Javadoc comment, without indentation and asterisks, to be written behind {@code " * "}. Blank lines part
     * paragraphs. No line is an HTML element, an entity or a tag of the text's own, and none ends the comment.
     *
     * @return no line at all if the text is blank
     */
    public static List<String> javadoc(String text) {
        List<String> lines = new ArrayList<>();
        boolean paragraph = false;
        for (String line : text.split("\\R", -1)) {
            if (line.isBlank()) {
                paragraph = !lines.isEmpty();
            } else {
                lines.add((paragraph ? "<p>" : "") + javadocText(line.strip()));
                paragraph = false;
            }
        }
        return lines;
    }

    /** One line of text in the middle of a Javadoc comment; line ends become spaces. */
    public static String javadocText(String text) {
        StringBuilder java = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n', '\r', '\t' -> java.append(' ');
                case '<' -> java.append("&lt;");
                case '>' -> java.append("&gt;");
                case '&' -> java.append("&amp;");
                case '@', '{', '}', '*', '\\', '`' -> java.append("&#").append(c).append(';');
                case '/' -> java.append(mayEndComment(java) ? "&#47;" : "/");
                default -> {
                    if (c >= ' ' && c < 0x7F) {
                        java.append((char) c);
                    } else if (VisibleCharacters.isVisible(c)) {
                        java.append("&#x").append(Integer.toHexString(c)).append(';');
                    } else {
                        java.append(VisibleCharacters.writtenOut(c));
                    }
                }
            }
        });
        return java.toString();
    }

    /** Text behind {@code //}; line ends become spaces, and what is not ASCII is written out. */
    public static String lineComment(String text) {
        StringBuilder java = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                java.append(' ');
            } else if (c == '\\') {
                java.append("[backslash]");
            } else if (c >= ' ' && c < 0x7F) {
                java.append((char) c);
            } else {
                java.append(VisibleCharacters.writtenOut(c));
            }
        });
        return java.toString();
    }

    /** The first character may follow an asterisk of the template. */
    private static boolean mayEndComment(StringBuilder java) {
        return java.length() == 0;
    }
}
