package dev.vpmu.dsl.model;

/** What a field's bits do. */
public enum Storage {
    /** They have the effect of the field's role, or are plain storage where it has none. */
    EFFECTIVE,
    /** They are stored and have no effect. */
    IGNORED
}
