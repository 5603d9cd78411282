package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.model.Place;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is wrong at a place.
 *
 * @param id the rule's id
 * @param severity how much it matters
 * @param place what it is about
 * @param message what is wrong and what would be right, in one or two sentences without a full stop at the end
 * @param other the other place involved
 */
public record Finding(String id, Severity severity, Place place, String message, Optional<Place> other) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::place).thenComparing(Finding::severity)
            .thenComparing(Finding::id).thenComparing(Finding::message);

    @Override
    public int compareTo(Finding finding) {
        return ORDER.compare(this, finding);
    }

    /** One line, as compilers print it. */
    @Override
    public String toString() {
        return place + ": " + severity.text() + " " + id + ": " + message + other.map(also -> " (see " + also + ")").orElse("");
    }
}
