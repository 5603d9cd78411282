package dev.vpmu.dsl.model;

/** Units of prices. */
public enum CostUnit {
    CYCLES, NANOSECONDS, MICROSECONDS, MILLISECONDS
}
