package dev.vpmu.dsl.syntax;

/**
 * Something in a text that cannot be read, in the user's words.
 *
 * @param offset first character, from 0
 * @param length number of characters, at least 1 unless the text is empty
 * @param code   stable id, one of the constants here
 * @param message where, what, and what instead
 */
public record Mistake(int offset, int length, String code, String message) {

    /** Text that the language does not have here. */
    public static final String SYNTAX = "PMU0000";
    /** A number with a wrong digit or of more than 64 bits. */
    public static final String NUMBER = "PMU0004";
    /** A language version that this tool does not understand. */
    public static final String LANGUAGE = "PMU0008";
}
