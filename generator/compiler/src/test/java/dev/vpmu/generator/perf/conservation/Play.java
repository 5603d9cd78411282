package dev.vpmu.generator.perf.conservation;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.generator.perf.conservation.Tally.What;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plays a schedule, and looks after each operation whether every party was told what the work contained. */
final class Play {

    /** The most occurrences of anything that steps name in a cycle. */
    static final long MOST_A_CYCLE = 4;

    /** From here on events have numbers that nobody opened. */
    static final int FIRST_WATCHDOG = 1_000_000;

    private final Stage stage;
    private final Tally tally;
    private final Execution execution;

    private Play(Stage stage) {
        this.stage = stage;
        this.tally = stage.tally();
        this.execution = new Execution(stage);
    }

    /** What is wrong with what the parties of a schedule are told; empty if nothing is. */
    static Optional<String> complaint(ConservedCpu cpu, Setting setting, List<Operation> schedule, Tally tally) {
        Play play = new Play(new Stage(cpu, setting, tally));
        int at = 0;
        try {
            for (; at < schedule.size(); at++) {
                play.perform(schedule.get(at));
            }
            play.end();
            return Optional.empty();
        } catch (AssertionError | RuntimeException failure) {
            String where = at < schedule.size() ? "operation " + (at + 1) + ", " + schedule.get(at) : "the end";
            return Optional.of("at " + where + ": " + (failure instanceof AssertionError ? failure.getMessage() : failure + " at " + Stream.of(failure.getStackTrace()).limit(6).toList()));
        }
    }

    private void perform(Operation operation) {
        if (!(operation instanceof Operation.Work)) {
            stage.events().values().forEach(HostEvent::restarted);
        }
        operation.on(this);
        look();
    }

    private void end() {
        for (LogicalCpu cpu : stage.cpus()) {
            while (!cpu.isRunning()) {
                cpu.go();
            }
        }
        look();
        List.copyOf(stage.events().keySet()).forEach(id -> {
            read(id);
            tally(stage.events().get(id));
            close(id);
            look();
        });
        stage.cpus().forEach(cpu -> reserve(cpu.number(), 0));
        require(stage.system().activeEvents() == 0, "everything is closed, and " + stage.system().activeEvents() + " reasons for NMIs are left");
    }

    private void tally(HostEvent event) {
        tally.count(event.isMultiplexed() ? What.MULTIPLEXED : What.ALWAYS_COUNTED);
        tally.count(What.OCCURRENCES, event.counted());
        tally.count(What.SAMPLES, event.event().samples());
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /* ------------------------------------------------------------- looking */

    private void look() {
        for (HostEvent event : stage.events().values()) {
            event.look(stage.cpuOf(event.event().context()) != null);
        }
        int reserving = 0;
        for (LogicalCpu cpu : stage.cpus()) {
            lookAtPlaces(cpu);
            cpu.guest().check(cpu.cycles(), execution.longestSkid());
            reserving += cpu.guest().reserved() != 0 ? 1 : 0;
        }
        require(stage.system().activeEvents() == stage.events().size() + reserving, stage.system().activeEvents() + " reasons for NMIs");
    }

    private void lookAtPlaces(LogicalCpu cpu) {
        long taken = cpu.guest().reserved();
        for (HostEvent event : stage.on(cpu)) {
            if (event.isActive() && cpu.isRunning()) {
                int counter = event.event().counter();
                long own = counter < 0 ? 0 : 1L << counter;
                require(own != 0 && (taken & own) == 0, event.wanted() + " is on counter " + counter + ", which somebody else has");
                require((own & event.wanted().what().counters() & event.wanted().counters()) != 0, event.wanted() + " is on counter " + counter);
                taken |= own;
            }
        }
    }

    /* ------------------------------------------------------------- events */

    private PerfCore perfOf(EventContext context, int otherwise) {
        LogicalCpu cpu = stage.cpuOf(context);
        return (cpu == null ? stage.cpu(otherwise % Stage.CPUS) : cpu).perf();
    }

    void open(Wanted wanted) {
        HostEvent leader = stage.events().get(wanted.leader());
        if (!wanted.isLeader() && (leader == null || leader.leader() != leader) || stage.events().containsKey(wanted.id())) {
            return;
        }
        EventContext context = stage.context(wanted.context());
        HostEvent[] opened = new HostEvent[1];
        OverflowHandler handler = (event, occurrences) -> {
            opened[0].sampled(event, occurrences);
            if (wanted.limit() != 0 && event.samples() % wanted.limit() == 0) {
                disable(wanted.id());
            }
        };
        try {
            EventAttributes attributes = wanted.attributes();
            PerfEvent event = leader == null ? perfOf(context, wanted.id()).open(context, attributes, handler) : perfOf(context, wanted.id()).open(leader.event(), attributes, handler);
            opened[0] = new HostEvent(wanted, event, leader);
            stage.events().put(wanted.id(), opened[0]);
            tally.count(What.OPENED);
        } catch (IllegalArgumentException refused) {
            tally.count(What.REFUSED);
        }
    }

    void close(int id) {
        HostEvent event = stage.events().remove(id);
        if (event != null) {
            perfOf(event.event().context(), id).close(event.event());
            stage.events().values().stream().filter(other -> other.leader() == event).forEach(HostEvent::leadsItself);
            event.disable();
            event.check(stage.setting().uniform(), execution.late(event));
        }
    }

    void enable(int id) {
        HostEvent event = stage.events().get(id);
        if (event != null) {
            perfOf(event.event().context(), id).enable(event.event());
            event.enable();
        }
    }

    void disable(int id) {
        HostEvent event = stage.events().get(id);
        if (event != null) {
            perfOf(event.event().context(), id).disable(event.event());
            event.disable();
        }
    }

    void setPeriod(int id, long period) {
        HostEvent event = stage.events().get(id);
        if (event != null && event.wanted().period() != 0) {
            try {
                perfOf(event.event().context(), id).setPeriod(event.event(), period);
                event.period(period);
            } catch (IllegalArgumentException refused) {
                tally.count(What.REFUSED);
            }
        }
    }

    void read(int id) {
        HostEvent event = stage.events().get(id);
        if (event != null) {
            event.check(stage.setting().uniform(), execution.late(event));
        }
    }

    void watchdog(int number, boolean on) {
        PerfCore perf = stage.cpu(number).perf();
        int id = FIRST_WATCHDOG + number;
        boolean was = stage.events().containsKey(id);
        if (stage.kind().cycles().isEmpty() || on == was) {
            return;
        }
        if (on) {
            Askable cycles = new Askable(Kind.of(stage.kind().rules().ticks(Clock.CORE)), stage.kind().cycles().get(), -1, stage.kind().rules().leastPeriod(stage.kind().cycles().get().config()));
            PerfEvent event = perf.watchdog(true);
            stage.events().put(id, new HostEvent(new Wanted(id, number, -1, cycles, List.of(Wanted.Flag.PINNED), -1, event.samplePeriod(), 0, 0), event, null));
        } else {
            HostEvent event = stage.events().remove(id);
            perf.watchdog(false);
            event.disable();
            event.check(stage.setting().uniform(), execution.late(event));
        }
    }

    /* ------------------------------------------------------------- tasks and timers */

    void switchTo(int number, int task) {
        LogicalCpu cpu = stage.cpu(number);
        EventContext next = task < 0 ? null : stage.context(Stage.CPUS + task);
        if (next == cpu.task()) {
            return;
        }
        LogicalCpu before = next == null ? null : stage.cpuOf(next);
        leave(cpu);
        if (before != null) {
            leave(before);
            tally.count(What.MIGRATED);
        }
        if (next != null) {
            cpu.perf().scheduleIn(next);
            cpu.task(next);
        }
    }

    private static void leave(LogicalCpu cpu) {
        cpu.perf().scheduleOut();
        cpu.task(null);
    }

    void rotate(int number) {
        stage.cpu(number).perf().rotate();
    }

    void tick(int number) {
        stage.cpu(number).perf().tick();
    }

    void power(int number, boolean on) {
        if (on) {
            stage.cpu(number).go();
        } else {
            stage.cpu(number).stop();
        }
    }

    /* ------------------------------------------------------------- guests */

    void reserve(int number, long counters) {
        LogicalCpu cpu = stage.cpu(number);
        boolean accepted = cpu.guest().reserve(cpu.perf(), counters, cpu.isRunning());
        tally.count(accepted ? What.RESERVED : What.NOT_RESERVED);
    }

    void program(int number, int counter, GuestProgram program) {
        stage.cpu(number).guest().program(counter, program);
    }

    void callback(int number, boolean on) {
        stage.cpu(number).guest().register(stage.cpu(number).perf(), on);
    }

    void work(Operation.Work work) {
        execution.work(work);
    }
}
