package dev.vpmu.dsl.rules;

/**
 * One thing that files can get wrong. A rule has no state, and tolerates what other rules report: a reference that did not
 * resolve is {@code null} or a proxy, a number that was mistyped is {@code null}.
 *
 * <p>Users' own rules implement {@link ModelRule} and are found with {@link java.util.ServiceLoader} under the name of this
 * interface.
 */
public sealed interface Rule permits FileRule, PmuRule, EventRule, SetRule, ModelRule {

    /** Its id, severity and sentence. */
    RuleFacts facts();

    /**
     * Whether it reports that something is <em>not</em> there. Such a rule is not asked about elements of which a part could
     * not be read, for the missing thing may stand in that part.
     */
    default boolean reportsAbsence() {
        return false;
    }

    /**
     * Whether what it misses could only stand in a bank or a pmu: then unread layouts and event tables do not silence it.
     */
    default boolean missesStatementsOnly() {
        return false;
    }
}
