package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.model.Place;

/** Takes what a rule finds. */
public interface Findings {

    /** Reports a finding at a place. */
    default void report(Place place, String message) {
        report(place, message, null);
    }

    /**
     * Reports a finding that involves two places.
     *
     * @param other the other place; {@code null} if there is none
     */
    void report(Place place, String message, Place other);
}
