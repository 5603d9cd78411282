package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between two rows, or between a row and a brace.
 *
 * @param behind comments at the end of the line before
 * @param own    comments on lines of their own
 * @param blanks whether an empty line stands before each comment of {@code own}, and before what follows
 */
record Gap(List<Comment> behind, List<Comment> own, boolean[] blanks) {

    /** Where a gap stands. */
    enum Place {
        /** Right behind an opening brace, or at the beginning of the file. */
        FIRST,
        BETWEEN,
        /** Before elements, which one empty line parts. */
        BETWEEN_ELEMENTS,
        /** Before a closing brace, or at the end of the file. */
        LAST,
        /** A body, or a file, of nothing but comments. */
        ONLY
    }

    static Gap before(Token next, Place place) {
        List<Comment> behind = new ArrayList<>();
        List<Comment> own = new ArrayList<>();
        for (int i = 0; i < next.before.size(); i++) {
            Comment comment = next.before.get(i);
            boolean ofNext = comment.isDocumentation() && i == next.before.size() - 1 && !next.startsLine;
            (own.isEmpty() && !comment.startsLine() && !ofNext ? behind : own).add(comment);
        }
        boolean[] blanks = new boolean[own.size() + 1];
        for (int i = 0; i < own.size(); i++) {
            blanks[i] = own.get(i).afterBlank();
        }
        boolean documented = !own.isEmpty() && own.get(own.size() - 1).isDocumentation();
        blanks[own.size()] = next.afterBlank && !documented;
        if (place == Place.LAST || place == Place.ONLY) {
            blanks[own.size()] = false;
        }
        if (place == Place.FIRST || place == Place.ONLY) {
            blanks[0] = false;
        }
        Gap gap = new Gap(behind, own, blanks);
        if (place == Place.BETWEEN_ELEMENTS && !gap.hasBlank()) {
            blanks[0] = true;
        }
        return gap;
    }

    boolean hasBlank() {
        for (boolean blank : blanks) {
            if (blank) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return behind.isEmpty() && own.isEmpty();
    }
}
