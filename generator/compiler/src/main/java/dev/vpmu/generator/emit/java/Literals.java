package dev.vpmu.generator.emit.java;

import java.util.Locale;

/** Numbers as Java literals. */
final class Literals {

    private Literals() {
    }

    /** A {@code long}, in hex, grouped in fours from the right: {@code 0x3_FFFF_FFFFL}. */
    static String hex(long value) {
        return "0x" + grouped(Long.toHexString(value)) + "L";
    }

    /** An {@code int}, in hex: {@code 0xC001_0200}. */
    static String hexInt(int value) {
        return "0x" + grouped(Integer.toHexString(value));
    }

    private static String grouped(String digits) {
        StringBuilder text = new StringBuilder(digits.toUpperCase(Locale.ROOT));
        for (int i = text.length() - 4; i > 0; i -= 4) {
            text.insert(i, '_');
        }
        return text.toString();
    }
}
