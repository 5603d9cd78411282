package dev.vpmu.dsl.model;

/**
 * How fast a CPU's clocks run. Only the ratios matter: a clock of f MHz ticks f times while the core has as many cycles as its own clock has MHz.
 *
 * @param coreMegahertz the core's clock, in MHz
 * @param tscMegahertz the time-stamp counter's, in MHz
 * @param busMegahertz the bus's, in MHz
 */
public record ClocksModel(long coreMegahertz, long tscMegahertz, long busMegahertz, Origin origin) {

    /** The frequency of a clock, in MHz. */
    public long megahertz(Clock clock) {
        return switch (clock) {
            case CORE -> coreMegahertz;
            case TSC -> tscMegahertz;
            case BUS -> busMegahertz;
        };
    }
}
