package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A guest's measurement: counters are programmed, enabled by the last register write before the work, and disabled by the first behind it. */
final class GuestRun {

    private final Bench bench;
    private final Map<TestedCounter, Setting[]> programs = new LinkedHashMap<>();

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

    /** Enables the counters, which takes no instruction that they count. */
    void enable() {
        programs.forEach((counter, settings) -> {
            List<Setting> all = new ArrayList<>(List.of(settings));
            all.add(Setting.KERNEL);
            List.of(Setting.USER, Setting.ENABLE).stream().filter(setting -> counter.has(setting.role())).forEach(all::add);
            bench.programEvent(counter, all.toArray(Setting[]::new));
        });
        programs.keySet().forEach(counter -> bench.enable(counter, true));
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

    /** Disables the counters; the WRMSR that does so is counted. */
    void disable() {
        work(List.of(Loops.disablingWrmsr(bench.cpu)));
        for (TestedCounter counter : programs.keySet()) {
            if (counter.enables().isEmpty()) {
                bench.programEvent(counter);
            } else {
                bench.enable(counter, false);
            }
        }
    }

    /** All of it from 0. */
    void measure(List<Step> steps) {
        programs.keySet().forEach(counter -> bench.value(counter, 0));
        enable();
        work(steps);
        disable();
    }

    static void assertBetween(long low, long high, long count, Object what) {
        assertEquals(true, low <= count && count <= high, () -> what + ": " + count + " is not between " + low + " and " + high);
    }
}
