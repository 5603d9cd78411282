package dev.vpmu.dsl.syntax;

/** A quoted text: escapes are {@code \"}, {@code \\}, {@code \n}, {@code \t} and {@code \}{@code uXXXX}, and no others. */
public final class TextLiteral {

    private TextLiteral() {
    }

    /**
     * Index of the first wrong escape's backslash, or -1.
     *
     * @param literal with its quotes
     * @param from    where to begin
     */
    static int wrongEscape(CharSequence literal, int from) {
        for (int i = from; i < literal.length() - 1; i++) {
            if (literal.charAt(i) != '\\')
                continue;
            int length = escapeLength(literal, i);
            if (length == 0)
                return i;
            i += length - 1;
        }
        return -1;
    }

    /** The text between the quotes, escapes replaced; a wrong escape stays as it is written. */
    public static String read(String literal) {
        StringBuilder value = new StringBuilder(literal.length());
        int end = literal.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = literal.charAt(i);
            int length = c == '\\' ? escapeLength(literal, i) : 0;
            if (length == 0) {
                value.append(c);
                continue;
            }
            char kind = literal.charAt(i + 1);
            value.append(switch (kind) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'u' -> (char) Integer.parseInt(literal.substring(i + 2, i + 6), 16);
                default -> kind;
            });
            i += length - 1;
        }
        return value.toString();
    }

    /** A literal that {@link #read} turns into the value; control, format and surrogate characters are escaped. */
    public static String write(String value) {
        StringBuilder literal = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> literal.append('\\').append(c);
                case '\n' -> literal.append("\\n");
                case '\t' -> literal.append("\\t");
                default -> {
                    int type = Character.getType(c);
                    if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE
                            || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR)
                        literal.append(String.format("\\u%04X", (int) c));
                    else
                        literal.append(c);
                }
            }
        }
        return literal.append('"').toString();
    }

    private static int escapeLength(CharSequence literal, int backslash) {
        int end = literal.length() - 1;
        if (backslash + 1 >= end)
            return 0;
        switch (literal.charAt(backslash + 1)) {
            case '"', '\\', 'n', 't':
                return 2;
            case 'u':
                if (backslash + 6 > end)
                    return 0;
                for (int i = backslash + 2; i < backslash + 6; i++)
                    if (literal.charAt(i) > 127 || Character.digit(literal.charAt(i), 16) < 0)
                        return 0;
                return 6;
            default:
                return 0;
        }
    }
}
