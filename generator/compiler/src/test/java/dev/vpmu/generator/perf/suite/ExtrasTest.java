package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.generator.hardware.suite.Control;
import dev.vpmu.generator.hardware.suite.WordPart;
import dev.vpmu.generator.perf.suite.ExtraEvents.NeedsExtra;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.List;

/** Events that need a value in a register of their own, which others may need with another value (domain.md §2.1, §3.1). */
class ExtrasTest {

    private static final long CYCLES = 1_000;
    private static final long RIGHT = 37;
    private static final long WRONG = 11;

    private static EventAttributes.Builder attributes(NeedsExtra event, String name, long value) {
        return EventAttributes.of(name, event.config()).extra(value);
    }

    private static long register(Machine machine, NeedsExtra event) {
        return machine.read(new WordPart(machine.cpu.model().register(event.row().register()).orElseThrow(), 0, machine.cpu.smt(), 3));
    }

    /** Work in which the event occurs with one value and, less often, with two others. */
    private static void run(Machine machine, NeedsExtra event, long value) {
        long name = Step.event(event.row().code(), event.row().umask());
        Step.Builder step = Step.of(CYCLES);
        for (long other = 1; other <= 3; other++) {
            step.uniform(name, other, other == value ? RIGHT : WRONG);
        }
        machine.run(step.build(), CYCLES);
    }

    /** Whether a counter is programmed with a row's code. */
    private static boolean hasCodeOf(Machine machine, PerfEvent on, NeedsExtra event) {
        Control control = machine.cpu.counter(on.counter()).control();
        return (machine.read(control.part(FieldRole.EVENT_CODE)) | machine.read(control.part(FieldRole.UNIT_MASK))) == event.config();
    }

    @OnEveryCpu(value = "§3.1 an event gets its value into its register, and counts what occurs with it", needs = Need.EXTRAS)
    void value(PerfCpu cpu) {
        for (NeedsExtra event : cpu.asked().extras().all()) {
            for (long value = 1; value <= 3; value++) {
                Machine machine = Machine.of(cpu);
                PerfEvent opened = machine.open(attributes(event, "ONE", value));
                assertEquals(value, register(machine, event));
                assertTrue((event.allowed() >>> opened.counter() & 1) != 0, opened::toString);
                run(machine, event, value);
                assertEquals(RIGHT, opened.read());
            }
        }
    }

    @OnEveryCpu(value = "§3.1 events with one value share a register; a value that does not fit is refused", needs = Need.EXTRAS)
    void sameValue(PerfCpu cpu) {
        for (NeedsExtra event : cpu.asked().extras().all()) {
            Machine machine = Machine.of(cpu);
            PerfEvent one = machine.open(attributes(event, "ONE", 2));
            PerfEvent same = machine.open(attributes(event, "SAME", 2));
            run(machine, event, 2);
            assertEquals(RIGHT, one.read());
            assertEquals(Long.bitCount(event.allowed()) > 1 ? RIGHT : 0, same.read());
            long invalid = Long.lowestOneBit(~event.row().validBits());
            if (invalid != 0) {
                IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> machine.open(attributes(event, "INVALID", invalid)));
                assertTrue(refusal.getMessage().contains("INVALID"), refusal.getMessage());
            }
        }
    }

    @OnEveryCpu(value = "§3.1 an event with another value takes the register that stands in for it under that one's code, or waits for its turn", needs = Need.EXTRAS)
    void otherValue(PerfCpu cpu) {
        for (NeedsExtra event : cpu.asked().extras().all()) {
            Machine machine = Machine.of(cpu);
            PerfEvent one = machine.open(attributes(event, "ONE", 1));
            PerfEvent other = machine.open(attributes(event, "OTHER", 2));
            assertEquals(State.ACTIVE, one.state());
            List<NeedsExtra> instead = cpu.asked().extras().insteadOf(event);
            if (!instead.isEmpty() && other.state() == State.ACTIVE) {
                assertEquals(1, register(machine, event));
                NeedsExtra taken = instead.stream().filter(way -> hasCodeOf(machine, other, way)).findFirst().orElseThrow();
                assertEquals(2, register(machine, taken));
                assertTrue((taken.allowed() >>> other.counter() & 1) != 0, other::toString);
                run(machine, taken, 2);
                assertEquals(RIGHT, other.read());
                assertEquals(0, one.read());
            }
            boolean isRoom = instead.stream().anyMatch(way -> Long.bitCount(way.allowed() | event.allowed()) > 1);
            assertEquals(isRoom ? State.ACTIVE : State.INACTIVE, other.state(), other::toString);
            machine.core.close(one);
            machine.core.rotate();
            assertEquals(State.ACTIVE, other.state());
        }
    }

    @OnEveryCpu(value = "§3.1 a register that the threads of a core share is left to the one that has it", needs = Need.SHARED_EXTRAS)
    void shared(PerfCpu cpu) {
        for (NeedsExtra event : cpu.asked().extras().all()) {
            List<Machine> siblings = SiblingsTest.siblings(cpu);
            PerfEvent here = siblings.get(0).open(attributes(event, "HERE", 1));
            PerfEvent same = siblings.get(1).open(attributes(event, "SAME", 1));
            assertEquals(State.ACTIVE, here.state());
            assertEquals(State.ACTIVE, same.state());
            siblings.get(1).core.close(same);
            PerfEvent other = siblings.get(1).open(attributes(event, "OTHER", 2));
            boolean isFree = event.extra().domain() == Domain.THREAD || !cpu.asked().extras().insteadOf(event).isEmpty();
            assertEquals(isFree ? State.ACTIVE : State.INACTIVE, other.state());
            assertEquals(1, register(siblings.get(0), event));
            siblings.get(0).core.close(here);
            siblings.get(1).core.rotate();
            assertEquals(State.ACTIVE, other.state());
            run(siblings.get(1), other.state() == State.ACTIVE && hasCodeOf(siblings.get(1), other, event) ? event : cpu.asked().extras().insteadOf(event).get(0), 2);
            assertEquals(RIGHT, other.read());
        }
    }
}
