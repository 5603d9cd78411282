package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a guest's program does, a millisecond at a time, always the same. It says itself how often each event occurs, so that nobody needs a
 * PMU to know; and it is even, so that counting it in turns gives what counting it all the time would.
 */
final class EvenWork {

    static final long MEGAHERTZ = 2_200;
    static final long HERTZ = MEGAHERTZ * 1_000_000;
    /** Cycles in a millisecond. */
    static final long CYCLES = HERTZ / 1_000;

    private static final Map<String, Long> A_MILLISECOND = new TreeMap<>(Map.of("instructions", CYCLES * 3 / 2, "branches", CYCLES / 5,
            "branch misses", CYCLES / 500, "cache references", CYCLES / 100, "cache misses", CYCLES / 1_000));

    private final Map<String, Long> occurrences = new TreeMap<>(A_MILLISECOND);
    private final List<PmuEvent> events = new ArrayList<>();
    private final Step step;

    /** As a CPU counts it. */
    EvenWork(Cpu cpu) {
        Step.Builder builder = Step.of(CYCLES).ring(3);
        occurrences.put("cycles", CYCLES);
        for (PmuEvent event : cpu.events().all()) {
            if (event.kind() == PmuEvent.Kind.PROGRAMMABLE && occurrences.containsKey(event.role())) {
                events.add(event);
                if (!event.role().equals("cycles")) {
                    builder.uniform(cpu.eventOf(event), occurrences.get(event.role()));
                }
            }
        }
        step = builder.build();
    }

    /** The events that occur, each of them one of perf's generic ones. */
    List<PmuEvent> events() {
        return events;
    }

    /** The event of a role. */
    PmuEvent event(String role) {
        return events.stream().filter(event -> event.role().equals(role)).findFirst().orElseThrow(() -> new IllegalStateException("the CPU counts no " + role));
    }

    /** How often an event occurs in a millisecond. */
    long occurrences(PmuEvent event) {
        return occurrences.get(event.role());
    }

    /** A millisecond of it. */
    Step step() {
        return step;
    }

    /** How many milliseconds there are in so many seconds; 1 and more. */
    static long milliseconds(double seconds) {
        return Math.max(1, Math.round(seconds * 1_000));
    }
}
