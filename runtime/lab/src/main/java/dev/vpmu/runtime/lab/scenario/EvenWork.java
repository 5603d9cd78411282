package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.CounterBank;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@linkplain Workload workload} on a CPU, a millisecond at a time. It says itself how often each event occurs, so that nobody needs a PMU to
 * know; and it is even, so that counting it in turns gives what counting it all the time would.
 */
final class EvenWork {

    private static final String CYCLES = "cycles";

    private final Cpu cpu;
    private final Workload workload;
    private final long cycles;
    private final List<PmuEvent> events = new ArrayList<>();
    /** How often what a step calls an event occurs in a millisecond; several events of the CPU's may be the same to it. */
    private final Map<Long, Long> occurring = new LinkedHashMap<>();
    private final Step step;

    /** As a CPU counts it. */
    EvenWork(Cpu cpu, Workload workload) {
        this.cpu = cpu;
        this.workload = workload;
        this.cycles = workload.megahertz() * 1_000;
        List<PmuEvent> selectable = cpu.events().all().stream().filter(event -> event.kind() == PmuEvent.Kind.PROGRAMMABLE).toList();
        selectable.forEach(event -> occurs(event, event.name()));
        selectable.forEach(event -> occurs(event, event.role()));
        Step.Builder builder = Step.of(cycles).ring(3);
        occurring.forEach(builder::uniform);
        step = builder.build();
        // they occur by themselves
        selectable.stream().filter(event -> event.role().equals(CYCLES)).forEach(event -> occurring.put(cpu.eventOf(event), cycles));
        selectable.stream().filter(event -> event.role().equals(CYCLES) || isSaid(event)).forEach(events::add);
    }

    private boolean isSaid(PmuEvent event) {
        return workload.rates().containsKey(event.name()) || workload.rates().containsKey(event.role());
    }

    private void occurs(PmuEvent event, String said) {
        Long rate = workload.rates().get(said);
        if (rate != null) {
            occurring.putIfAbsent(cpu.eventOf(event), Math.multiplyExact(rate, cycles) / Workload.MILLION);
        }
    }

    /** The events that occur, and that a selector can ask for. */
    List<PmuEvent> events() {
        return events;
    }

    /**
     * An event that occurs, by its name or its role.
     *
     * @throws IllegalArgumentException if the CPU has no such event, or nobody knows how often it occurs
     */
    PmuEvent event(String nameOrRole) {
        return cpu.events().find(nameOrRole).filter(this::isKnown)
                .or(() -> events.stream().filter(event -> event.role().equals(nameOrRole)).findFirst()).orElseThrow(() -> unknown(nameOrRole));
    }

    private IllegalArgumentException unknown(String nameOrRole) {
        return new IllegalArgumentException(cpu.events().find(nameOrRole).isPresent() ? "nobody knows how often '" + nameOrRole + "' occurs in the guests' work; say so"
                : cpu.name() + " has no event '" + nameOrRole + "'; that work contains " + String.join(", ", events.stream().map(PmuEvent::name).toList()));
    }

    /**
     * What the first fixed counter counts of which that is known, whether an event table says so or not.
     *
     * @throws IllegalArgumentException if there is no such counter
     */
    PmuEvent fixed() {
        for (CounterBank bank : cpu.banks()) {
            for (int i = 0; bank.firstIndex() >= 0 && bank.withoutSmt() >>> i != 0; i++) {
                PmuEvent event = onlyOn(bank.name() + "[" + i + "]", bank.firstIndex() + i);
                if ((bank.withoutSmt() >>> i & 1) != 0 && isKnown(event)) {
                    return event;
                }
            }
        }
        throw new IllegalArgumentException(cpu.name() + " has no fixed counter that counts what is known to occur in guests' work");
    }

    private static PmuEvent onlyOn(String name, int counter) {
        return new PmuEvent(name, "", PmuEvent.Kind.FIXED, 0, 1L << counter, 0, 0, "", 0, List.of(), 0, List.of(), "", -1, "", List.of());
    }

    /** Whether it is known how often an event occurs. */
    boolean isKnown(PmuEvent event) {
        return event.kind() != PmuEvent.Kind.METRIC && occurring.containsKey(cpu.eventOf(event));
    }

    /** Whether an event is, or counts the same as, the one of a role. */
    boolean isOf(PmuEvent event, String role) {
        return events.stream().anyMatch(other -> other.role().equals(role) && cpu.eventOf(other) == cpu.eventOf(event));
    }

    /** How often an event that is known occurs in a millisecond. */
    long occurrences(PmuEvent event) {
        return occurring.get(cpu.eventOf(event));
    }

    /** A millisecond of it. */
    Step step() {
        return step;
    }

    /** How many cycles a microsecond has. */
    long megahertz() {
        return workload.megahertz();
    }

    /** How many milliseconds there are in so many seconds; 1 and more. */
    static long milliseconds(double seconds) {
        return Math.max(1, Math.round(seconds * 1_000));
    }
}
