package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.resolve.FlatEvents;

/**
 * A rule about the events that a pmu or cpu has. It is asked for every {@code pmu} and {@code cpu} with the tables in its chain,
 * and for the pmu that a table is {@code for} where no pmu that is being checked lists the table: so a file of events alone is
 * checked as well.
 */
public non-sealed interface EventRule extends Rule {

    /** Reports what is wrong with the events. */
    void check(FlatEvents events, Findings findings);
}
