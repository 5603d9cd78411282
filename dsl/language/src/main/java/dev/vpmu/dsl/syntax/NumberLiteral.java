package dev.vpmu.dsl.syntax;

import java.util.Locale;

/** A number as written: decimal or {@code 0x} hexadecimal, {@code _} between digits, unsigned, up to 64 bits. */
public final class NumberLiteral {

    /** What is wrong with the text of a number, and the characters it is about, counted from the text's first. */
    public static final class FormatProblem extends Exception {
        private static final long serialVersionUID = 1;
        private final int offset;
        private final int length;

        FormatProblem(String message, int offset, int length) {
            super(message, null, false, false);
            this.offset = offset;
            this.length = length;
        }

        /** First character the problem is about. */
        public int offset() {
            return offset;
        }

        /** Number of characters. */
        public int length() {
            return length;
        }
    }

    private NumberLiteral() {
    }

    /**
     * The value of the text, as an unsigned 64-bit number.
     *
     * @throws FormatProblem with the exact character that is wrong
     */
    public static long read(String text) throws FormatProblem {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        if (text.startsWith("0X"))
            throw new FormatProblem("a hexadecimal number begins with '0x', not '0X'", 1, 1);
        int first = hex ? 2 : 0;
        if (first == text.length())
            throw new FormatProblem("'0x' without digits: a hexadecimal digit must follow", 0, text.length());
        long value = 0;
        boolean tooLarge = false;
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '_') {
                checkSeparator(text, first, i);
                continue;
            }
            int digit = c < 128 ? Character.digit(c, hex ? 16 : 10) : -1;
            if (digit < 0)
                throw new FormatProblem(wrongDigit(text, c, hex), i, 1);
            int radix = hex ? 16 : 10;
            tooLarge |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, radix)) > 0;
            value = value * radix + digit;
        }
        if (tooLarge)
            throw new FormatProblem(Shown.quoted(text) + " has more than 64 bits: the largest number is 0xFFFF_FFFF_FFFF_FFFF", 0, text.length());
        if (!hex && text.length() > 1 && text.charAt(0) == '0')
            throw new FormatProblem(leadingZero(text), 0, text.length());
        return value;
    }

    /** The shortest text that {@link #read} turns into the value: decimal up to 9, hexadecimal above. */
    public static String write(long value) {
        return value >= 0 && value < 10 ? Long.toString(value) : "0x" + Long.toHexString(value).toUpperCase(Locale.ROOT);
    }

    private static void checkSeparator(String text, int first, int at) throws FormatProblem {
        if (at == first)
            throw new FormatProblem("'_' stands between digits, not before the first", at, 1);
        if (at + 1 == text.length())
            throw new FormatProblem("'_' stands between digits, not at the end of a number", at, 1);
        if (text.charAt(at - 1) == '_')
            throw new FormatProblem("only one '_' between two digits", at, 1);
    }

    private static String wrongDigit(String text, char c, boolean hex) {
        String wrong = "'" + c + "' is not a " + (hex ? "hexadecimal" : "decimal") + " digit, in " + Shown.quoted(text);
        return !hex && text.chars().allMatch(d -> d == '_' || Character.digit(d, 16) >= 0)
            ? wrong + "; a hexadecimal number begins with '0x'" : wrong;
    }

    private static String leadingZero(String text) {
        String decimal = text.replaceFirst("^[0_]+(?=[0-9])", "");
        String message = Shown.quoted(text) + " begins with 0, which looks like an octal number: write " + Shown.quoted(decimal);
        return text.chars().allMatch(c -> c == '_' || c <= '7')
            ? message + ", or 0x" + Long.toHexString(octal(text)).toUpperCase(Locale.ROOT) + " if octal was meant" : message;
    }

    private static long octal(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) != '_')
                value = value * 8 + (text.charAt(i) - '0');
        return value;
    }
}
