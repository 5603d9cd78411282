package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.ArrayList;
import java.util.List;

/** What the two threads of a core must leave to each other (domain.md §3.1, §4.4, PERF-9). */
class SiblingsTest {

    private static final int UNITS = 2;

    /** Two threads of one core. */
    static List<Machine> siblings(PerfCpu cpu) {
        PerfSystem system = new PerfSystem();
        Timer timer = new Timer();
        List<Machine> siblings = List.of(new Machine(cpu, system, timer), new Machine(cpu, system, timer));
        PmuHardware.pair(siblings.get(0).hardware, siblings.get(1).hardware);
        PerfCore.pair(siblings.get(0).core, siblings.get(1).core);
        return siblings;
    }

    /** Opens as many pinned events as there are general counters; how many of them get one. */
    private static long fill(Machine machine, List<PerfEvent> events) {
        machine.cpu.asked().unconstrained().subList(0, machine.cpu.general().size()).forEach(asked -> events.add(machine.open(asked.attributes().pinned())));
        machine.assertHardwareFollows();
        return events.stream().filter(event -> event.state() == State.ACTIVE).count();
    }

    @OnEveryCpu(value = "PERF-9 while one thread has an event that disturbs the other, either has half of the general counters", needs = Need.EXCLUSIVE)
    void halves(PerfCpu cpu) {
        int half = cpu.general().size() / 2;
        for (Asked asked : cpu.asked().exclusive()) {
            List<Machine> siblings = siblings(cpu);
            PerfEvent exclusive = siblings.get(0).open(asked.attributes().pinned());
            assertEquals(State.ACTIVE, exclusive.state());
            List<PerfEvent> here = new ArrayList<>();
            assertEquals(half - 1, fill(siblings.get(0), here));
            List<PerfEvent> there = new ArrayList<>();
            assertEquals(half, fill(siblings.get(1), there));
            there.forEach(event -> assertTrue(event.counter() != exclusive.counter(), "the counter is closed to the sibling"));
            siblings.forEach(machine -> machine.run(UNITS));
            assertEquals(UNITS * cpu.work().of(asked), exclusive.read());

            siblings.get(0).core.close(exclusive);
            for (List<PerfEvent> events : List.of(here, there)) {
                events.stream().filter(event -> event.state() == State.ERROR)
                        .forEach(siblings.get(events == here ? 0 : 1).core::enable);
                events.forEach(event -> assertEquals(State.ACTIVE, event.state(), "all counters are back"));
            }
            siblings.forEach(Machine::assertHardwareFollows);
        }
    }

    @OnEveryCpu(value = "PERF-9 such an event takes no counter that the sibling has, and the sibling none that it has", needs = Need.EXCLUSIVE)
    void closesTheCounter(PerfCpu cpu) {
        for (Asked asked : cpu.asked().exclusive()) {
            List<Machine> siblings = siblings(cpu);
            PerfEvent there = siblings.get(1).open(cpu.asked().unconstrained().get(0).attributes());
            PerfEvent exclusive = siblings.get(0).open(asked.attributes());
            if (asked.allowed() == 1L << there.counter()) {
                siblings.get(0).assertWaits(exclusive);
                continue;
            }
            assertEquals(State.ACTIVE, exclusive.state());
            assertTrue(exclusive.counter() != there.counter(), "not on the sibling's counter");
            long only = 1L << exclusive.counter();
            PerfEvent wanting = siblings.get(1).open(cpu.asked().unconstrained().get(1).attributes().counters(only));
            siblings.get(1).assertWaits(wanting);
            PerfEvent beside = siblings.get(0).open(cpu.asked().unconstrained().get(1).attributes());
            if (beside.state() == State.ACTIVE) {
                assertTrue(beside.counter() != exclusive.counter());
            }
            siblings.get(0).core.close(exclusive);
            siblings.get(1).core.rotate();
            siblings.get(1).assertOn(Long.numberOfTrailingZeros(only), wanting);
        }
    }

    @OnEveryCpu(value = "PERF-9 a CPU without such rows halves nothing", needs = Need.NOT_EXCLUSIVE)
    void nothingHalved(PerfCpu cpu) {
        for (Machine machine : siblings(cpu)) {
            List<PerfEvent> events = new ArrayList<>();
            assertEquals(cpu.general().size(), fill(machine, events));
            machine.run(UNITS);
            for (int i = 0; i < events.size(); i++) {
                assertEquals(UNITS * cpu.work().of(cpu.asked().unconstrained().get(i)), events.get(i).read());
            }
        }
    }

    @OnEveryCpu(value = "PERF-9 a CPU without a sibling halves nothing either, and such an event may be on any counter of its row", needs = Need.EXCLUSIVE)
    void alone(PerfCpu cpu) {
        for (Asked asked : cpu.asked().exclusive()) {
            Machine machine = Machine.of(cpu);
            PerfEvent exclusive = machine.open(asked.attributes().pinned());
            assertEquals(cpu.general().size() - 1, fill(machine, new ArrayList<>()));
            machine.assertOn(asked.first(), exclusive);
        }
    }

    @OnEveryCpu("PERF-9 siblings are two CPUs of a kind, before they have events, once")
    void pairs(PerfCpu cpu) {
        List<Machine> siblings = siblings(cpu);
        Machine third = Machine.of(cpu);
        assertThrows(IllegalStateException.class, () -> PerfCore.pair(siblings.get(0).core, third.core));
        assertThrows(IllegalStateException.class, () -> PerfCore.pair(third.core, third.core));
        Machine fourth = Machine.of(cpu);
        fourth.open(cpu.asked().unconstrained().get(0).attributes());
        assertThrows(IllegalStateException.class, () -> PerfCore.pair(third.core, fourth.core));
    }
}
