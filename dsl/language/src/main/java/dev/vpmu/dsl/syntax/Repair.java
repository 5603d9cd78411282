package dev.vpmu.dsl.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A text under repair: the mistakes found, and the text of the same length from which their regions are blanked out. */
final class Repair {

    private static final int MOST_MISTAKES = 10;

    private final String original;
    private final StringBuilder text;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<int[]> blanked = new ArrayList<>();

    private int lostUntil;
    private final List<String> givenUp = new ArrayList<>();

    Repair(String original) {
        this.original = original;
        this.text = new StringBuilder(original);
        if (original.startsWith("\uFEFF"))
            text.setCharAt(0, ' ');
        // a carriage return alone ends a line, but the generated lexer stumbles over it behind a comment
        for (int i = original.indexOf('\r'); i >= 0; i = original.indexOf('\r', i + 1))
            if (i + 1 == original.length() || original.charAt(i + 1) != '\n')
                text.setCharAt(i, '\n');
    }

    String original() {
        return original;
    }

    /** The text as it is now; offsets are the original's. */
    String text() {
        return text.toString();
    }

    /** Adds a mistake, one at each place; from the eleventh on they are dropped, the first ten are enough to work on. */
    void report(Mistake mistake) {
        if (mistakes.size() < MOST_MISTAKES && mistakes.stream().noneMatch(known -> known.offset() == mistake.offset()))
            mistakes.add(mistake);
    }

    void report(int from, int to, String message) {
        report(new Mistake(from, Math.max(to - from, original.isEmpty() ? 0 : 1), Mistake.SYNTAX, message));
    }

    /** Turns the characters into spaces; line breaks stay. */
    void blank(int from, int to) {
        if (from >= to)
            return;
        fill(from, to);
        blanked.add(new int[] { from, to });
    }

    /** Blanks text that is still to be read for its mistakes; corrections inside it have no effect. */
    void lose(int from, int to) {
        blank(from, to);
        lostUntil = Math.max(lostUntil, to);
    }

    /** Blanks text in which no mistake was found but which the generated parser does not read. */
    void giveUp(int from, int to) {
        givenUp.add(text.substring(from, to));
        blank(from, to);
    }

    /** What {@link #giveUp} has taken. */
    List<String> givenUp() {
        return givenUp;
    }

    /** Notes that the text was read otherwise than it is written, without taking it away. */
    void touch(int from, int to) {
        blanked.add(new int[] { from, to });
    }

    private void fill(int from, int to) {
        for (int i = from; i < to; i++)
            if (text.charAt(i) != '\n' && text.charAt(i) != '\r')
                text.setCharAt(i, ' ');
    }

    /** Puts signs into white space and comments; false when there is too little room. */
    boolean insert(int from, int to, String signs) {
        if (to - from < signs.length())
            return false;
        if (from < lostUntil)
            return true;
        if (!text.substring(from, to).isBlank())
            fill(from, to);
        text.replace(from, from + signs.length(), signs);
        blanked.add(new int[] { from, from + signs.length() });
        return true;
    }

    /** Puts a word in the place of another; false when it is too long. */
    boolean replace(int from, int to, String word) {
        if (word.length() > to - from)
            return false;
        if (from < lostUntil)
            return true;
        fill(from, to);
        text.replace(from, from + word.length(), word);
        blanked.add(new int[] { from, to });
        return true;
    }

    /** Whether a mistake has been reported that begins in the region. */
    boolean hasMistakeIn(int from, int to) {
        return mistakes.stream().anyMatch(mistake -> mistake.offset() >= from && mistake.offset() < to);
    }

    List<Mistake> mistakes() {
        return mistakes.stream().sorted(Comparator.comparingInt(Mistake::offset)).toList();
    }

    /** Blanked regions in the order of the text, overlapping ones joined. */
    List<BlankedRegion> blanked() {
        List<int[]> joined = new ArrayList<>();
        for (int[] region : blanked.stream().sorted(Comparator.comparingInt(r -> r[0])).toList()) {
            int[] last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && region[0] <= last[1])
                last[1] = Math.max(last[1], region[1]);
            else
                joined.add(region.clone());
        }
        return joined.stream().map(region -> BlankedRegion.of(original, region[0], region[1])).toList();
    }
}
