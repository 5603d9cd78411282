package dev.vpmu.dsl.format;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A comment between two tokens.
 *
 * @param text        from its first to its last sign, lines parted by {@code \n}, without spaces at the end of a line
 * @param toEndOfLine a {@code //} comment
 * @param startsLine  nothing but white space stands before it on its line
 * @param afterBlank  at least one empty line stands before it
 */
record Comment(String text, boolean toEndOfLine, boolean startsLine, boolean afterBlank) {

    static Comment of(String source, boolean toEndOfLine, int newlinesBefore) {
        String text = source.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
        return new Comment(text, toEndOfLine, newlinesBefore > 0, newlinesBefore > 1);
    }

    /** Belongs to the element that follows. */
    boolean isDocumentation() {
        return text.startsWith("/**") && text.length() > 4;
    }

    /** The text with the stars of its further lines below the first one; lines drawn in another way stay as they are. */
    String at(String indent) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        List<String> further = lines.subList(1, lines.size());
        if (further.isEmpty() || !further.stream().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("*"))) {
            return text;
        }
        return lines.get(0) + further.stream().map(line -> line.isBlank() ? "\n" : "\n" + indent + " " + line.strip()).collect(Collectors.joining());
    }
}
