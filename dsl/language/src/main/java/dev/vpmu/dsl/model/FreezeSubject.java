package dev.vpmu.dsl.model;

/** What a PMI can freeze. */
public enum FreezeSubject {
    COUNTERS, BRANCHES
}
