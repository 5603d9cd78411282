package dev.vpmu.dsl.syntax;

/** Pieces of a text as they appear in messages: short, on one line, and without characters that change how it displays. */
final class Shown {

    private static final int LONGEST = 40;

    private Shown() {
    }

    /** The text in single quotes, cut after 40 characters; invisible and direction-changing characters as U+XXXX. */
    static String quoted(CharSequence text) {
        StringBuilder shown = new StringBuilder("'");
        int count = 0;
        for (int i = 0; i < text.length() && count < LONGEST; count++) {
            int point = Character.codePointAt(text, i);
            i += Character.charCount(point);
            if (isPlain(point))
                shown.appendCodePoint(point);
            else
                shown.append(codePoint(point));
        }
        if (count == LONGEST && text.length() > LONGEST)
            shown.append('…');
        return shown.append('\'').toString();
    }

    /** {@code '§' (U+00A7)}, or only {@code U+202E} for what cannot be shown. */
    static String character(int point) {
        return isPlain(point) ? "'" + Character.toString(point) + "' (" + codePoint(point) + ")" : codePoint(point);
    }

    static String codePoint(int point) {
        return String.format("U+%04X", point);
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
