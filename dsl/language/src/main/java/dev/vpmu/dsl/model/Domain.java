package dev.vpmu.dsl.model;

/** Who shares a register. */
public enum Domain {
    THREAD, CORE, PACKAGE
}
