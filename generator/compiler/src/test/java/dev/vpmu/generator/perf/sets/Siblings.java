package dev.vpmu.generator.perf.sets;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.UnschedulableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The two threads of a core, on which events come and go as chance has it. */
final class Siblings {

    private static final int MOST_EVENTS = 12;

    /** One of them. */
    private static final class Thread {
        private final PmuHardware hardware;
        private final PerfCore core;
        private final List<PerfEvent> events = new ArrayList<>();
        private ProgrammedRegisters registers;

        Thread(Cpu door, PerfSystem system) {
            hardware = door.hardware(true);
            core = door.perf(system, hardware, hardware, () -> 0, true);
        }

        List<PerfEvent> active() {
            return events.stream().filter(event -> event.state() == PerfEvent.State.ACTIVE).toList();
        }
    }

    private final SplittableRandom random;
    private final List<Thread> threads;
    private final ModelRules rules;
    private final SetDraw draw;
    private final List<String> history = new ArrayList<>();
    /** The thread on which the last step put an event on the PMU. */
    private Optional<Thread> placed = Optional.empty();

    Siblings(CpuModel cpu, Cpu door, SplittableRandom random) {
        this.random = random;
        PerfSystem system = new PerfSystem();
        threads = List.of(new Thread(door, system), new Thread(door, system));
        PmuHardware.pair(threads.get(0).hardware, threads.get(1).hardware);
        PerfCore.pair(threads.get(0).core, threads.get(1).core);
        rules = new ModelRules(cpu, true, threads.get(0).core.geometry().counters());
        threads.forEach(thread -> thread.registers = new ProgrammedRegisters(cpu, rules, thread.hardware));
        draw = new SetDraw(cpu, rules, random);
    }

    /** An event comes, or goes, or those that wait have their turn. */
    void step() {
        Thread thread = threads.get(random.nextInt(threads.size()));
        String name = "thread " + threads.indexOf(thread);
        placed = Optional.empty();
        int kind = random.nextInt(10);
        if (kind == 0) {
            history.add(name + " takes turns");
            thread.core.rotate();
        } else if (!thread.events.isEmpty() && (kind < 4 || thread.events.size() == MOST_EVENTS)) {
            PerfEvent event = thread.events.remove(random.nextInt(thread.events.size()));
            history.add(name + " closes " + event.name());
            thread.core.close(event);
        } else {
            open(thread, name);
        }
    }

    private void open(Thread thread, String name) {
        List<EventAttributes> set = draw.set();
        EventAttributes.Builder builder = set.get(random.nextInt(set.size())).toBuilder();
        EventAttributes attributes = (random.nextInt(5) == 0 ? builder.pinned() : builder).build();
        if (!thread.registers.canBeWritten(List.of(rules.demand(attributes)))) {
            return;
        }
        try {
            PerfEvent event = thread.core.open(thread.core.cpuContext(), attributes, OverflowHandler.NONE);
            thread.events.add(event);
            history.add(name + " opens " + attributes.name() + (attributes.isPinned() ? ", pinned" : "") + ": " + event.state() + " " + event.counter());
            placed = event.state() == PerfEvent.State.ACTIVE ? Optional.of(thread) : Optional.empty();
        } catch (UnschedulableException e) {
            history.add(name + " cannot open " + attributes.name());
        }
    }

    /** What is wrong now; empty if nothing is. */
    Optional<String> problem() {
        return problem(threads.get(0)).or(() -> problem(threads.get(1))).or(() -> together(threads.get(0), threads.get(1)))
                .or(() -> together(threads.get(1), threads.get(0)));
    }

    private Optional<String> problem(Thread thread) {
        List<Demand> demands = demands(thread);
        List<Integer> counters = thread.active().stream().map(PerfEvent::counter).toList();
        // the limit is looked at when events are placed, not when the sibling gets an exclusive one
        int all = Long.bitCount(rules.general());
        boolean limited = placed.filter(last -> last == thread).isPresent()
                && threads.stream().flatMap(one -> demands(one).stream()).anyMatch(Demand::exclusive);
        return AssignmentCheck.problem(demands, counters, rules.general(), limited ? all / 2 : all)
                .or(() -> thread.registers.problem(thread.hardware, demands, counters)).map(text -> "thread " + threads.indexOf(thread) + ": " + text);
    }

    private List<Demand> demands(Thread thread) {
        return thread.active().stream().map(PerfEvent::attributes).map(rules::demand).toList();
    }

    /** Exclusive events of one thread are on counters that the other leaves alone. */
    private Optional<String> together(Thread one, Thread other) {
        long taken = 0;
        for (PerfEvent event : other.active()) {
            taken |= (rules.demand(event.attributes()).needs() == 1 ? 1L : 3L) << event.counter();
        }
        for (PerfEvent event : one.active()) {
            if (rules.demand(event.attributes()).exclusive() && (taken >>> event.counter() & 1) != 0) {
                return Optional.of(event.name() + " is exclusive on counter " + event.counter() + ", which the sibling uses");
            }
        }
        return Optional.empty();
    }

    /** What has happened, and what is on the PMU now. */
    String history() {
        return String.join("\n", history) + "\n" + threads.stream().map(thread -> "thread " + threads.indexOf(thread) + " has "
                + thread.active().stream().map(event -> event.name() + " on " + event.counter()).toList()).collect(Collectors.joining("\n"));
    }
}
