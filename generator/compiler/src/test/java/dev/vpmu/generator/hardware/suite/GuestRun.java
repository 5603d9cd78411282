package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A guest's measurement: counters are programmed, enabled by the last register write before the work, and disabled by the first behind it. */
final class GuestRun {

    private final Bench bench;
    private final Map<TestedCounter, Setting[]> programs = new LinkedHashMap<>();
    private List<Switch> switches = List.of();

    /** A register that enables counters together, with and without those of the run. */
    private record Switch(int address, long on, long off) {
    }

    GuestRun(Bench bench) {
        this.bench = bench;
    }

    /** Lets a selector's counter count an event. */
    GuestRun counts(TestedCounter counter, Loops.Selected event, Setting... settings) {
        programs.put(counter, event.with(settings));
        return this;
    }

    /** Lets a fixed counter count. */
    GuestRun counts(TestedCounter counter, Setting... settings) {
        programs.put(counter, settings);
        return this;
    }

    /** Enables the counters together; on bare hardware that takes no instruction that they count. */
    void enable() {
        programs.forEach((counter, settings) -> {
            List<Setting> all = new ArrayList<>(List.of(settings));
            all.add(Setting.KERNEL);
            List.of(Setting.USER, Setting.ENABLE).stream().filter(setting -> counter.has(setting.role())).forEach(all::add);
            bench.programEvent(counter, all.toArray(Setting[]::new));
        });
        switches = switches();
        switches.forEach(register -> bench.pmu.wrmsr(register.address(), register.on()));
    }

    /** Found before anything counts: in a guest every access is an instruction that is counted. */
    private List<Switch> switches() {
        Map<Integer, WordPart> parts = new LinkedHashMap<>();
        programs.keySet().forEach(counter -> counter.enables().forEach(part -> parts.merge(part.address(), part,
                (some, more) -> new WordPart(some.register(), some.index(), some.smt(), some.mask() | more.mask()))));
        return parts.values().stream().map(part -> {
            long off = bench.pmu.rdmsr(part.address()) & part.writable() & ~part.mask();
            return new Switch(part.address(), off | part.mask(), off);
        }).toList();
    }

    /** Work with interrupts off: a PMI that is there waits. */
    void work(List<Step> steps) {
        for (Step step : steps) {
            long at = 0;
            while (at < step.cycles()) {
                at = bench.pmu.run(step, at);
            }
        }
    }

    /** An instruction that leaves guest mode; {@code step} is what it is on bare hardware. */
    void intercepted(PmuUnderTest.Intercepted instruction, Step step) {
        if (!bench.pmu.carriesOut(instruction)) {
            work(List.of(step));
        }
    }

    /** Disables the counters; the WRMSR that does so is counted. */
    void disable() {
        intercepted(PmuUnderTest.Intercepted.WRMSR, Loops.disablingWrmsr(bench.cpu));
        switches.forEach(register -> bench.pmu.wrmsr(register.address(), register.off()));
        programs.keySet().stream().filter(counter -> counter.enables().isEmpty()).forEach(counter -> bench.programEvent(counter));
    }

    /** All of it from 0. */
    void measure(List<Step> steps) {
        programs.keySet().forEach(counter -> bench.value(counter, 0));
        enable();
        work(steps);
        disable();
    }

    static void assertBetween(long low, long high, long count, Object what) {
        assertTrue(low <= count && count <= high, () -> what + ": " + count + " is not between " + low + " and " + high);
    }
}
