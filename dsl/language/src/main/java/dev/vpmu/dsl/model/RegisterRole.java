package dev.vpmu.dsl.model;

import java.util.Locale;

/** What a register is to the PMU. */
public enum RegisterRole {
    VALUE, SELECTOR, ENABLE, STATUS, USAGE, CONTROL, CAPABILITIES, METRICS, CLEAR, SET, EXTRA, RELOAD, PLAIN,
    BRANCH_SOURCE, BRANCH_TARGET, BRANCH_INFO, BRANCH_TOP, BRANCH_FILTER, BRANCH_CONTROL, BRANCH_DEPTH,
    PRECISE_ENABLE, PRECISE_CONFIG, PRECISE_LATENCY, PRECISE_FRONTEND, PRECISE_BUFFER;

    /** The role as the language writes it: {@code branch source}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
