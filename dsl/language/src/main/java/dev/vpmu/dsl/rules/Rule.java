package dev.vpmu.dsl.rules;

/**
 * One thing that files can get wrong. A rule has no state, and tolerates what other rules report: a reference that did not
 * resolve is {@code null} or a proxy, a number that was mistyped is {@code null}.
 *
 * <p>Users' own rules implement {@link ModelRule} and are found with {@link java.util.ServiceLoader} under the name of this
 * interface.
 */
public sealed interface Rule permits FileRule, PmuRule, PolicyRule, EventRule, SetRule, ModelRule, AllowanceRule {

    /** Its id, severity and sentence. */
    RuleFacts facts();

    /** What it reports as missing; for most rules nothing, since they report what is there and wrong. */
    default Absence absence() {
        return Absence.OF_NOTHING;
    }
}
