package dev.vpmu.dsl.model;

/** The clocks whose ticks events can count. */
public enum Clock {
    /** The core's own: as fast as it runs. */
    CORE,
    /** The time-stamp counter's. */
    TSC,
    /** The bus's, or what the CPU keeps in its place. */
    BUS
}
