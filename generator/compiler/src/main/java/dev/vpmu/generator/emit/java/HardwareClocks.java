package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The clocks of the generated hardware: what ticks how often in a cycle of the core. */
public final class HardwareClocks {

    private final CpuModel cpu;
    private final HardwareNames names;

    HardwareClocks(CpuModel cpu, HardwareNames names) {
        this.cpu = cpu;
        this.names = names;
    }

    /** The clock, if it ticks at another rate than the core's. */
    Optional<ClockView> moving(Clock clock) {
        if (clock == Clock.CORE || cpu.clocks().isEmpty()) {
            return Optional.empty();
        }
        BigInteger ticks = BigInteger.valueOf(cpu.clocks().get().megahertz(clock));
        BigInteger cycles = BigInteger.valueOf(cpu.clocks().get().megahertz(Clock.CORE));
        BigInteger common = ticks.gcd(cycles);
        return ticks.equals(cycles) ? Optional.empty() : Optional.of(new ClockView(names.constant(clock == Clock.TSC ? "TSC_CLOCK" : "BUS_CLOCK"),
                (clock == Clock.TSC ? "The time-stamp counter's" : "The bus's") + " clock in cycles of the core: " + ticks + " to " + cycles + " MHz.",
                ticks.divide(common).longValue(), cycles.divide(common).longValue()));
    }

    private boolean isUsed(Clock clock) {
        return cpu.clockEvents().stream().anyMatch(event -> event.clock() == clock)
                || cpu.fixedEvents().stream().anyMatch(event -> event.event() instanceof CountedEvent.Ticks ticks && ticks.clock() == clock);
    }

    /** The clocks that some counter can count and that are not the core's. */
    public List<ClockView> all() {
        List<ClockView> clocks = new ArrayList<>();
        for (Clock clock : Clock.values()) {
            if (isUsed(clock)) {
                moving(clock).ifPresent(clocks::add);
            }
        }
        return clocks;
    }

    /** After so many cycles of the core all its clocks are where they were. */
    public long period() {
        return all().stream().map(clock -> BigInteger.valueOf(clock.cycles()))
                .reduce(BigInteger.ONE, (a, b) -> a.multiply(b).divide(a.gcd(b))).longValue();
    }

    /** Whether a counter can count every cycle of the core, or of a clock as fast. */
    public boolean isCountingCycles() {
        return cpu.clockEvents().stream().anyMatch(event -> moving(event.clock()).isEmpty())
                || cpu.fixedEvents().stream().anyMatch(event -> event.event() instanceof CountedEvent.Ticks ticks && moving(ticks.clock()).isEmpty());
    }
}
