package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClocksModel;
import dev.vpmu.runtime.hardware.Beat;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How many cycles the core has run since reset, and which clock ticks in which of them. */
final class CoreTime {

    /** A clock's ticks repeat after {@code period} cycles of the core. */
    private record Ticking(Beat beat, long period) {
    }

    private final Map<Clock, Ticking> clocks = new EnumMap<>(Clock.class);
    private long now;

    CoreTime(Optional<ClocksModel> ratios) {
        for (Clock clock : Clock.values()) {
            long ticks = ratios.map(model -> model.megahertz(clock)).orElse(1L);
            long cycles = ratios.map(model -> model.megahertz(Clock.CORE)).orElse(1L);
            long common = BigInteger.valueOf(ticks).gcd(BigInteger.valueOf(cycles)).longValue();
            clocks.put(clock, new Ticking(new Beat(ticks / common, cycles / common), cycles / common));
        }
    }

    /** The ticks of a clock in a step whose cycle {@code at} is the next one. */
    OccurrencePattern ticks(Clock clock, long at) {
        Ticking ticking = clocks.get(clock);
        return new OccurrencePattern(ticking.beat(), now % ticking.period() - at);
    }

    void pass(long cycles) {
        now += cycles;
    }

    void reset() {
        now = 0;
    }
}
