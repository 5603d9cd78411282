package dev.vpmu.dsl.model.policy;

/** What a guest's RDPMC does. */
public enum RdpmcTreatment {
    /** It leaves guest mode, and is carried out with all its checks. */
    INTERCEPTED,
    /** It leaves guest mode, and nobody checks it. */
    UNCHECKED,
    /** It does not leave guest mode. */
    PASSED
}
