package dev.vpmu.dsl.model;

import java.util.Locale;

/** perf's generic events. */
public enum EventRole {
    CYCLES, INSTRUCTIONS, REFERENCE_CYCLES, BUS_CYCLES, CACHE_REFERENCES, CACHE_MISSES, BRANCHES, BRANCH_MISSES, SLOTS;

    /** The role as the language writes it: {@code cache misses}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
