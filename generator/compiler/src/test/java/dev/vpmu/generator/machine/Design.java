package dev.vpmu.generator.machine;

import dev.vpmu.runtime.vpmu.EventOrientedDesign;

/** The two designs of the event-oriented virtual PMU (domain.md §5.3, §5.4). */
public enum Design {
    THEN("2018", EventOrientedDesign.synchronous()), NOW("today", EventOrientedDesign.deferring());

    private final String name;
    private final EventOrientedDesign choices;

    Design(String name, EventOrientedDesign choices) {
        this.name = name;
        this.choices = choices;
    }

    /** When it does what. */
    public EventOrientedDesign choices() {
        return choices;
    }

    @Override
    public String toString() {
        return name;
    }
}
