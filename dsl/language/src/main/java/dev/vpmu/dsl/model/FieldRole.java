package dev.vpmu.dsl.model;

import java.util.Locale;

/** What a field's bits mean to the PMU. */
public enum FieldRole {
    /** Nothing: plain storage. */
    NONE,
    EVENT_CODE, UNIT_MASK, USER_MODE, KERNEL_MODE, EDGE_DETECT, PIN_CONTROL, INTERRUPT_ENABLE, ANY_THREAD, ENABLE, INVERT, THRESHOLD,
    EQUAL, IN_TRANSACTION, CHECKPOINTED, ADAPTIVE_RECORD, BRANCH_LOGGING, USER_READ_DISABLE, GUEST_ONLY, HOST_ONLY, METRICS_CLEAR,
    OVERFLOW, COUNTERS_FROZEN, BRANCHES_FROZEN, BUFFER_OVERFLOW, METRICS_OVERFLOW, METRICS_ENABLE, TRACE_OVERFLOW, IN_USE,
    ANY_INTERRUPT, CONDITION_CHANGED, BRANCH_ENABLE,
    /** The value of a capability. */
    CAPABILITY;

    /** The role as the language writes it: {@code event code}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
