package dev.vpmu.generator.emit;

import java.util.Locale;

/** Which characters a reader can see for what they are; the others are written out, as {@code [U+202E]}. */
final class VisibleCharacters {

    private VisibleCharacters() {
    }

    /**
     * Whether {@code codePoint} is a character with a shape or the plain space. Not so: control characters, line separators,
     * what changes the direction or the joining of its neighbours, halves of a surrogate pair, and what is no character.
     */
    static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
                    Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> !isBlankLookalike(codePoint);
        };
    }

    static String writtenOut(int codePoint) {
        return String.format(Locale.ROOT, "[U+%04X]", codePoint);
    }

    /** Spaces and fillers that look like the plain space, or like nothing. */
    private static boolean isBlankLookalike(int codePoint) {
        return codePoint != ' ' && (Character.isSpaceChar(codePoint) || codePoint == 0x115F || codePoint == 0x1160
                || codePoint == 0x3164 || codePoint == 0xFFA0 || codePoint == 0x2800
                || codePoint >= 0xFE00 && codePoint <= 0xFE0F || codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }
}
