package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.generator.hardware.suite.Control;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.generator.hardware.suite.WordPart;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A logical CPU: generated hardware, generated perf on it, and work that takes time. */
final class Machine {

    final PerfCpu cpu;
    final PerfSystem system;
    final Timer timer;
    final PmuHardware hardware;
    final Journal journal;
    final Watcher watcher = new Watcher();
    final PerfCore core;

    private final List<PerfEvent> events = new ArrayList<>();
    /** What each PMI's handler said it handled. */
    private final List<Integer> handled = new ArrayList<>();

    Machine(PerfCpu cpu, PerfSystem system, Timer timer) {
        this.cpu = cpu;
        this.system = system;
        this.timer = timer;
        hardware = cpu.door().hardware(cpu.smt());
        journal = new Journal(hardware);
        core = cpu.door().perf(system, journal, journal, timer, cpu.smt());
        core.observe(watcher);
    }

    /** A CPU after power-on, alone in its system. */
    static Machine of(PerfCpu cpu) {
        return new Machine(cpu, new PerfSystem(), new Timer());
    }

    /* ------------------------------------------------------------- events */

    /** Opens an event of the CPU. */
    PerfEvent open(EventAttributes.Builder attributes) {
        return open(core.cpuContext(), attributes);
    }

    PerfEvent open(EventContext context, EventAttributes.Builder attributes) {
        return open(context, attributes, OverflowHandler.NONE);
    }

    PerfEvent open(EventContext context, EventAttributes.Builder attributes, OverflowHandler handler) {
        PerfEvent event = core.open(context, attributes.build(), handler);
        events.add(event);
        return event;
    }

    /** Opens an event that joins a group. */
    PerfEvent join(PerfEvent leader, EventAttributes.Builder attributes) {
        PerfEvent event = core.open(leader, attributes.build(), OverflowHandler.NONE);
        events.add(event);
        return event;
    }

    /** The NMI watchdog, switched on. */
    PerfEvent watchdog() {
        PerfEvent watchdog = core.watchdog(true);
        events.add(watchdog);
        return watchdog;
    }

    /** Opens events of the CPU in order. */
    List<PerfEvent> open(List<Asked> asked) {
        List<PerfEvent> opened = new ArrayList<>();
        asked.forEach(one -> opened.add(open(one.attributes())));
        return opened;
    }

    /* ------------------------------------------------------------- work */

    /** So many units of work in ring 0. */
    void run(long units) {
        run(units, 0, TransactionState.OUTSIDE);
    }

    void run(long units, int ring, TransactionState state) {
        run(cpu.work().step(units, ring, state), units * Work.NANOS);
    }

    /** Work that takes so long; its PMIs are handled as they come. */
    void run(Step step, long nanos) {
        long begin = timer.getAsLong();
        long at = 0;
        while (at < step.cycles()) {
            at = hardware.run(step, at);
            timer.advanceTo(begin + (long) ((double) nanos * at / step.cycles()));
            if (hardware.takePmi()) {
                handled.add(core.nmi());
            }
        }
        timer.advanceTo(begin + nanos);
    }

    /** One cycle in which an event occurs so often. */
    void burst(Asked event, long occurrences) {
        run(Step.of(1).uniform(event.occurrence().orElseThrow(), occurrences).build(), 1);
    }

    /** What the handlers of the PMIs since the last time said they had handled. */
    List<Integer> takeHandled() {
        List<Integer> taken = List.copyOf(handled);
        handled.clear();
        return taken;
    }

    /* ------------------------------------------------------------- the hardware */

    long read(WordPart part) {
        return hardware.rdmsr(part.address()) & part.mask();
    }

    /** A counter's value. */
    long value(int counter) {
        return hardware.rdmsr(cpu.counter(counter).address());
    }

    /** How many occurrences a counter is before 0. */
    long left(int counter) {
        return -value(counter) & cpu.counter(counter).mask();
    }

    /** Whether a counter's own control lets it count. */
    boolean isStarted(TestedCounter counter) {
        Control control = counter.control();
        boolean enabled = !control.knows(FieldRole.ENABLE) || read(control.part(FieldRole.ENABLE)) != 0;
        return enabled && (read(control.part(FieldRole.USER_MODE)) != 0 || read(control.part(FieldRole.KERNEL_MODE)) != 0);
    }

    /** Whether the registers that enable all counters let it count; true where there are none. */
    boolean isEnabled(TestedCounter counter) {
        return counter.enables().stream().allMatch(part -> read(part) == part.mask());
    }

    /** Every counter is as the events say that are on it, and nothing else runs. */
    void assertHardwareFollows() {
        for (TestedCounter counter : cpu.counters()) {
            Optional<PerfEvent> on = events.stream().filter(event -> event.counter() == counter.globalIndex()).findFirst();
            boolean runs = on.isPresent() && !on.get().isThrottled();
            assertEquals(runs, isStarted(counter), () -> counter + " is started, and there is " + on);
            if (runs) {
                assertProgrammed(counter, on.get().attributes());
            }
        }
        assertEquals(events.stream().filter(event -> event.counter() >= 0).count(),
                events.stream().map(PerfEvent::counter).filter(counter -> counter >= 0).distinct().count(), () -> "two on one counter: " + events);
    }

    private void assertProgrammed(TestedCounter counter, EventAttributes attributes) {
        Control control = counter.control();
        assertEquals(!attributes.excludesUser(), read(control.part(FieldRole.USER_MODE)) != 0, counter + " in user mode");
        assertEquals(!attributes.excludesKernel(), read(control.part(FieldRole.KERNEL_MODE)) != 0, counter + " in kernel mode");
        assertEquals(control.part(FieldRole.INTERRUPT_ENABLE).mask(), read(control.part(FieldRole.INTERRUPT_ENABLE)), counter + " asks for PMIs");
        if (counter.isProgrammable()) {
            long modes = control.part(FieldRole.USER_MODE).mask() | control.part(FieldRole.KERNEL_MODE).mask() | control.part(FieldRole.INTERRUPT_ENABLE).mask()
                    | control.part(FieldRole.ENABLE).mask();
            assertEquals(attributes.config(), read(control.word()) & ~modes, () -> counter + " counts something else than " + attributes);
        }
    }

    /** An event is on a counter. */
    void assertOn(int counter, PerfEvent event) {
        assertEquals(PerfEvent.State.ACTIVE, event.state(), event::toString);
        assertEquals(counter, event.counter(), event::toString);
        assertHardwareFollows();
    }

    /** An event waits for its turn. */
    void assertWaits(PerfEvent event) {
        assertEquals(PerfEvent.State.INACTIVE, event.state(), event::toString);
        assertEquals(-1, event.counter(), event::toString);
        assertHardwareFollows();
    }

    /** An event has no place, and says so. */
    void assertErred(PerfEvent event) {
        assertEquals(PerfEvent.State.ERROR, event.state(), event::toString);
        assertEquals(-1, event.counter(), event::toString);
        assertHardwareFollows();
    }
}
