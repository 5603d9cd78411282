package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.List;

/** The edits that turn a source into its formatted text and leave alone what stays: mostly white space between tokens. */
final class MinimalEdits {

    private final String source;
    private final String result;
    private final List<TextReplacement> edits = new ArrayList<>();

    private MinimalEdits(String source, String result) {
        this.source = source;
        this.result = result;
    }

    /** @param anchors places that correspond, ascending in both texts */
    static List<TextReplacement> of(String source, String result, List<Printer.Anchor> anchors) {
        MinimalEdits minimal = new MinimalEdits(source, result);
        Printer.Anchor from = new Printer.Anchor(0, 0);
        for (Printer.Anchor to : anchors) {
            minimal.compare(from, to);
            from = to;
        }
        minimal.compare(from, new Printer.Anchor(source.length(), result.length()));
        return minimal.edits;
    }

    private void compare(Printer.Anchor from, Printer.Anchor to) {
        int known = edits.size();
        int s = from.source();
        int r = from.result();
        while (s < to.source() || r < to.result()) {
            int sourceEnd = spaceEnd(source, s, to.source());
            int resultEnd = spaceEnd(result, r, to.result());
            if (!source.regionMatches(s, result, r, Math.max(sourceEnd - s, resultEnd - r))) {
                edits.add(new TextReplacement(s, sourceEnd - s, result.substring(r, resultEnd)));
            }
            s = sourceEnd;
            r = resultEnd;
            boolean sourceEnds = s == to.source();
            boolean resultEnds = r == to.result();
            if (sourceEnds && resultEnds) {
                return;
            }
            if (sourceEnds || resultEnds || source.charAt(s) != result.charAt(r)) {
                // more than white space changes: a number's spelling, or the order of attributes
                edits.subList(known, edits.size()).clear();
                replace(from, to);
                return;
            }
            s++;
            r++;
        }
    }

    private void replace(Printer.Anchor from, Printer.Anchor to) {
        int s = from.source();
        int r = from.result();
        int sourceEnd = to.source();
        int resultEnd = to.result();
        while (s < sourceEnd && r < resultEnd && source.charAt(s) == result.charAt(r)) {
            s++;
            r++;
        }
        while (s < sourceEnd && r < resultEnd && source.charAt(sourceEnd - 1) == result.charAt(resultEnd - 1)) {
            sourceEnd--;
            resultEnd--;
        }
        edits.add(new TextReplacement(s, sourceEnd - s, result.substring(r, resultEnd)));
    }

    private static int spaceEnd(String text, int from, int limit) {
        int end = from;
        while (end < limit && " \t\r\n".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }
}
