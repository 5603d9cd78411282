package dev.vpmu.dsl.model;

import java.util.Comparator;

/**
 * A stretch of a source file.
 *
 * @param file the file's name under its source folder, as its package says it: {@code vpmu/intel/BroadwellEP.pmu}
 * @param line the line it begins in, from 1
 * @param column the column it begins at, from 1
 * @param endLine the line it ends in
 * @param endColumn the column behind its last character
 * @param offset the offset of its first character, from 0
 * @param length its length in characters
 */
public record Place(String file, int line, int column, int endLine, int endColumn, int offset, int length) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparing(Place::file).thenComparing(Place::offset).thenComparing(Place::length);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, the form that terminals and IDEs make a link of. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
