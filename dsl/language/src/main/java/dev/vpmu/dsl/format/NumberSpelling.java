package dev.vpmu.dsl.format;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The one spelling of hexadecimal numbers; decimal ones, and what is no number, stay as they are. */
final class NumberSpelling {

    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F](_?[0-9a-fA-F])*");
    private static final Set<String> CODES = Set.of("Code.event", "CodeRange.low", "CodeRange.high");
    private static final Set<String> UNIT_MASKS = Set.of("Code.umask", "CodeRange.umask", "EventPattern.umaskAll", "EventPattern.umaskAny");

    private NumberSpelling() {
    }

    /** Spells all numbers of rows. Rows of one body agree in the width of their event codes. */
    static void apply(List<Row> rows) {
        rows.forEach(row -> apply(row.body()));
        List<Token> numbers = rows.stream().flatMap(row -> row.head().stream()).filter(token -> isHex(token.text)).toList();
        // a code of three digits says that this PMU's codes have twelve bits
        int codeDigits = numbers.stream().anyMatch(token -> isOneOf(CODES, token) && digits(token.text).length() > 2) ? 3 : 2;
        for (Token number : numbers) {
            int width = isOneOf(CODES, number) ? codeDigits : isOneOf(UNIT_MASKS, number) ? maskDigits(number.text) : 0;
            number.spelling = spelling(number.text, width);
        }
    }

    /** A unit mask has whole bytes: one, or two with UMASK2. */
    private static int maskDigits(String mask) {
        return digits(mask).replaceFirst("^0+", "").length() > 2 ? 4 : 2;
    }

    private static boolean isHex(String text) {
        return text.startsWith("0x") && HEX.matcher(text).matches();
    }

    private static boolean isOneOf(Set<String> kinds, Token token) {
        return token.begins.stream().anyMatch(kinds::contains);
    }

    /** @param width the digits of a code or mask, or 0 for other numbers, whose leading zeros stay */
    static String spelling(String number, int width) {
        String digits = digits(number);
        if (width > 0) {
            String significant = digits.replaceFirst("^0+", "");
            digits = "0".repeat(Math.max(0, width - significant.length())) + significant;
        }
        boolean grouped = digits.length() > 8 || number.contains("_");
        return "0x" + (grouped ? digits.replaceAll("(?<=.)(?=(.{4})+$)", "_") : digits);
    }

    private static String digits(String number) {
        return number.substring(2).replace("_", "").toUpperCase(Locale.ROOT);
    }
}
