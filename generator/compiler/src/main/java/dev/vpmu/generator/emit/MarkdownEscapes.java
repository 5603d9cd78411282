package dev.vpmu.generator.emit;

/** Text of a {@code .pmu} file inside Markdown (CommonMark, and GitHub's tables and links). */
public final class MarkdownEscapes {

    /** Punctuation that means nothing inside a line. */
    private static final String HARMLESS = ",;?/%'\"()";

    private MarkdownEscapes() {
    }

    /** One line of text, at the beginning of a line, within one, or in a table's cell; white space becomes one space. */
    public static String text(String text) {
        StringBuilder markdown = new StringBuilder(text.length() + 16);
        int[] points = oneLine(text).codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (isPunctuation(c)) {
                markdown.append(isHarmless(points, i, markdown) ? "" : "\\").append((char) c);
            } else if (VisibleCharacters.isVisible(c)) {
                markdown.appendCodePoint(c);
            } else {
                markdown.append(VisibleCharacters.writtenOut(c).replace("[", "\\[").replace("]", "\\]").replace("+", "\\+"));
            }
        }
        return markdown.toString();
    }

    /** A code span; white space becomes one space. An empty text gives nothing. Inside a table, {@code |} parts cells. */
    public static String code(String text) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        int longest = 0;
        int run = 0;
        for (int c : oneLine(text).codePoints().toArray()) {
            run = c == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
            if (VisibleCharacters.isVisible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(VisibleCharacters.writtenOut(c));
            }
        }
        String fence = "`".repeat(longest + 1);
        String pad = longest > 0 ? " " : "";
        return shown.length() == 0 ? "" : fence + pad + shown + pad + fence;
    }

    private static String oneLine(String text) {
        return text.replaceAll("[ \\t\\n\\x0B\\f\\r]+", " ").strip();
    }

    private static boolean isPunctuation(int c) {
        return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }

    private static boolean isHarmless(int[] points, int i, StringBuilder before) {
        return switch (points[i]) {
            case '_' -> isWord(points, i - 1) && isWord(points, i + 1);
            case '.' -> !before.chars().allMatch(Character::isDigit) && !before.toString().regionMatches(true, before.length() - 3, "www", 0, 3);
            case '-', '+' -> i > 0;
            case ':' -> i + 1 == points.length || points[i + 1] == ' ';
            case ')' -> !before.chars().allMatch(Character::isDigit);
            default -> HARMLESS.indexOf(points[i]) >= 0;
        };
    }

    private static boolean isWord(int[] points, int i) {
        return i >= 0 && i < points.length && Character.isLetterOrDigit(points[i]);
    }
}
