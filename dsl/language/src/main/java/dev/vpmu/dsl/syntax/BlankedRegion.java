package dev.vpmu.dsl.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the text that the AST does not contain because a mistake stands in it. Names that are declared in it are
 * unknown to the later stages, which therefore stay silent about them.
 *
 * @param offset first character, from 0
 * @param length number of characters
 * @param words  identifiers and dotted names of the text, in order, each once
 */
public record BlankedRegion(int offset, int length, List<String> words) {

    private static final Pattern DOTTED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+(\\.[A-Za-z0-9_]++)*+");

    static BlankedRegion of(String text, int from, int to) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = DOTTED.matcher(text).region(from, to);
        while (matcher.find()) {
            String dotted = matcher.group();
            words.add(dotted);
            if (dotted.indexOf('.') >= 0)
                words.addAll(List.of(dotted.split("\\.")));
        }
        return new BlankedRegion(from, to - from, List.copyOf(new ArrayList<>(words)));
    }

    /** Whether the region and the given span share a character, or the span encloses an empty region. */
    public boolean touches(int otherOffset, int otherLength) {
        return offset < otherOffset + otherLength && otherOffset < offset + Math.max(length, 1);
    }
}
