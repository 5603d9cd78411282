package dev.vpmu.dsl.format;

import java.util.Set;

/** Which tokens of a cell stand close together; all others are one space apart. */
final class Spacing {

    private static final Set<String> CLOSE_TO_BOTH = Set.of(":", ".", "..");
    private static final Set<String> CLOSE_TO_PREVIOUS = Set.of(",", "]", ")", ".*");
    private static final Set<String> CLOSE_TO_NEXT = Set.of("[", "(", "~");
    /** Rules whose bracket follows a name closely: {@code IA32_PMC[gp]}, {@code fixed[0]}. */
    private static final Set<String> INDEXED_NAMES = Set.of("Register", "Encoding", "FixedCounter");

    private Spacing() {
    }

    static String between(Token left, Token right) {
        boolean close = CLOSE_TO_BOTH.contains(left.text) || CLOSE_TO_NEXT.contains(left.text)
            || CLOSE_TO_BOTH.contains(right.text) || CLOSE_TO_PREVIOUS.contains(right.text)
            || right.is("[") && (INDEXED_NAMES.contains(right.rule) || right.begins("CounterTerm.indexes")
                || right.begins("MissingElements.indexes"));
        return close ? "" : " ";
    }
}
