package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Work that comes in units: in each, every event that tests ask for occurs as often as in any other, and no two equally often. */
final class Work {

    /** The nanoseconds of a unit. */
    static final long NANOS = 1_000;

    private static final int FIRST_AMOUNT = 41;
    private static final int NEXT_AMOUNT = 3;

    private final CpuModel cpu;
    private final Map<Long, Long> amounts = new TreeMap<>();
    private final long cycles;

    /** Work for a CPU. */
    Work(CpuModel cpu, List<Asked> events) {
        this.cpu = cpu;
        events.forEach(event -> event.occurrence().ifPresent(occurrence -> amounts.putIfAbsent(occurrence, 0L)));
        long amount = FIRST_AMOUNT;
        for (Map.Entry<Long, Long> entry : amounts.entrySet()) {
            entry.setValue(amount);
            amount += NEXT_AMOUNT;
        }
        // all clocks tick whole numbers in it, and nothing occurs twice in a cycle
        long turn = cpu.clocks().map(clocks -> clocks.coreMegahertz() / gcd(clocks.coreMegahertz(), gcd(clocks.tscMegahertz(), clocks.busMegahertz()))).orElse(1L);
        cycles = turn * (amount / turn + 1);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The core cycles of a unit. */
    long cycles() {
        return cycles;
    }

    /** How often an event occurs in a unit. */
    long of(Asked event) {
        return event.occurrence().isPresent() ? amounts.get(event.occurrence().getAsLong()) : ticks(event.clock().orElseThrow());
    }

    private long ticks(Clock clock) {
        return cpu.clocks().map(clocks -> cycles * clocks.megahertz(clock) / clocks.coreMegahertz()).orElse(cycles);
    }

    /** So many units as one step. */
    Step step(long units, int ring, TransactionState state) {
        Step.Builder step = Step.of(cycles * units).ring(ring).transaction(state);
        amounts.forEach((event, amount) -> step.uniform(event, amount * units));
        return step.build();
    }
}
