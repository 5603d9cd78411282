package dev.vpmu.generator.perf.conservation;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two CPUs of one kind, the tasks that they run, and all events that are open. */
final class Stage {

    static final int CPUS = 2;
    static final int TASKS = 3;

    private final ConservedCpu kind;
    private final Setting setting;
    private final Tally tally;
    private final PerfSystem system;
    private final List<LogicalCpu> cpus = new ArrayList<>();
    private final List<EventContext> contexts = new ArrayList<>();
    private final Map<Integer, HostEvent> events = new TreeMap<>();

    Stage(ConservedCpu kind, Setting setting, Tally tally) {
        this.kind = kind;
        this.setting = setting;
        this.tally = tally;
        this.system = setting.system();
        for (int i = 0; i < CPUS; i++) {
            LogicalCpu cpu = new LogicalCpu(i, kind, system);
            cpu.perf().observe(tally);
            cpus.add(cpu);
            contexts.add(cpu.perf().cpuContext());
        }
        if (setting.siblings()) {
            PmuHardware.pair(cpus.get(0).hardware(), cpus.get(1).hardware());
            PerfCore.pair(cpus.get(0).perf(), cpus.get(1).perf());
        }
        for (int i = 0; i < TASKS; i++) {
            contexts.add(EventContext.ofTask("task " + (CPUS + i)));
        }
    }

    ConservedCpu kind() {
        return kind;
    }

    Setting setting() {
        return setting;
    }

    Tally tally() {
        return tally;
    }

    PerfSystem system() {
        return system;
    }

    List<LogicalCpu> cpus() {
        return cpus;
    }

    LogicalCpu cpu(int number) {
        return cpus.get(number);
    }

    /** A CPU's own, 0 and 1, or a task's. */
    EventContext context(int number) {
        return contexts.get(number);
    }

    /** The events that are open, by their numbers in the schedule. */
    Map<Integer, HostEvent> events() {
        return events;
    }

    /** The CPU that a context is on; null if on none. */
    LogicalCpu cpuOf(EventContext context) {
        return cpus.stream().filter(cpu -> cpu.has(context)).findFirst().orElse(null);
    }

    /** The open events whose context is on a CPU. */
    List<HostEvent> on(LogicalCpu cpu) {
        return events.values().stream().filter(event -> cpu.has(context(event.wanted().context()))).toList();
    }
}
