package dev.vpmu.generator.machine;

import dev.vpmu.runtime.vpmu.EventOrientedDesign;

/** The two designs of the event-oriented virtual PMU (domain.md §5.3, §5.4). */
public enum Design {
    THEN("2018", "EventOriented2018", EventOrientedDesign.synchronous()), NOW("today", "EventOriented", EventOrientedDesign.deferring());

    private final String name;
    private final String policy;
    private final EventOrientedDesign choices;

    Design(String name, String policy, EventOrientedDesign choices) {
        this.name = name;
        this.policy = policy;
        this.choices = choices;
    }

    /** The policy that declares it. */
    public String policy() {
        return policy;
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
