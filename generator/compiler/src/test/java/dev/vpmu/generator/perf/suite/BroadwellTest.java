package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.ArrayList;
import java.util.List;

/** Broadwell-EP by its manual's and the kernel's numbers (domain.md §3.1), and not by its text: events by name, counters by global index. */
class BroadwellTest {

    private static final int INSTRUCTIONS = 32;
    private static final int CYCLES = 33;
    private static final int REFERENCE = 34;
    private static final int GLOBAL_CTRL = 0x38F;
    private static final int PMC = 0xC1;
    private static final int EVENTSEL = 0x186;
    private static final int FIXED_CTR_CTRL = 0x38D;

    private static EventAttributes.Builder named(PerfCpu cpu, String name) {
        return cpu.door().attributes(cpu.door().events().find(name).orElseThrow());
    }

    private static EventAttributes.Builder coded(int config) {
        return EventAttributes.of("0x" + Integer.toHexString(config), config);
    }

    /** Opens one event after another; where each of them is, -1 for those that wait. */
    private static List<Integer> counters(Machine machine, EventAttributes.Builder... events) {
        List<PerfEvent> opened = new ArrayList<>();
        for (EventAttributes.Builder event : events) {
            opened.add(machine.open(event));
        }
        machine.assertHardwareFollows();
        return opened.stream().map(PerfEvent::counter).toList();
    }

    @OnEveryCpu(value = "PERF-1 L1D_PEND_MISS.PENDING and CYCLE_ACTIVITY.CYCLES_L1D_MISS are on counter 2 alone", needs = Need.BROADWELL)
    void single(PerfCpu cpu) {
        assertEquals(List.of(2, -1), counters(Machine.of(cpu), named(cpu, "L1D_PEND_MISS.PENDING"), named(cpu, "CYCLE_ACTIVITY.CYCLES_L1D_MISS")));
        assertEquals(List.of(2, -1), counters(Machine.of(cpu), coded(0x08A3 | 0x08 << 24), coded(0x0148)));
        assertEquals(List.of(2), counters(Machine.of(cpu), coded(0x0CA3 | 0x0C << 24)));
        assertEquals(List.of(0, 1), counters(Machine.of(cpu), coded(0x04A3 | 0x04 << 24), coded(0x0248)));
        assertEquals(List.of(0), counters(Machine.of(cpu), coded(0x01B1)));
        Machine machine = Machine.of(cpu);
        PerfEvent pending = machine.open(named(cpu, "L1D_PEND_MISS.PENDING"));
        assertEquals(0x530148, machine.hardware.rdmsr(EVENTSEL + 2));
        assertEquals(0x8000_0000_0001L, machine.hardware.rdmsr(PMC + 2));
        machine.core.close(pending);
        assertEquals(0, machine.hardware.rdmsr(EVENTSEL + 2) & 0x40_0000);
    }

    @OnEveryCpu(value = "PERF-1 with all eight counters the events of counters 0 to 3 are on no other", needs = Need.BROADWELL)
    void lowerHalf(PerfCpu cpu) {
        EventAttributes.Builder hit = named(cpu, "MEM_LOAD_UOPS_RETIRED.L1_HIT");
        assertEquals(List.of(0, 1, 2, 3, -1), counters(Machine.of(cpu), hit, hit, hit, hit, hit));
        assertEquals(cpu.smt() ? List.of(0, 1, 2, 3, -1) : List.of(0, 1, 2, 3, 4), counters(Machine.of(cpu), hit, hit, hit, hit, coded(0x01B1)));
    }

    @OnEveryCpu(value = "PERF-2 CPU_CLK_UNHALTED.REF_TSC is on fixed counter 2; a second one waits", needs = Need.BROADWELL)
    void reference(PerfCpu cpu) {
        assertEquals(List.of(REFERENCE, -1), counters(Machine.of(cpu), named(cpu, "CPU_CLK_UNHALTED.REF_TSC"), coded(0x0300)));
    }

    @OnEveryCpu(value = "PERF-3 INST_RETIRED.ANY and CPU_CLK_UNHALTED.THREAD are on fixed counters 0 and 1, and then on 0 and up", needs = Need.BROADWELL)
    void fixed(PerfCpu cpu) {
        EventAttributes.Builder instructions = named(cpu, "INST_RETIRED.ANY");
        EventAttributes.Builder cycles = named(cpu, "CPU_CLK_UNHALTED.THREAD");
        Machine machine = Machine.of(cpu);
        assertEquals(List.of(INSTRUCTIONS, CYCLES, 0, 1, 2, 3), counters(machine, instructions, cycles, named(cpu, "INST_RETIRED.ANY_P"),
                named(cpu, "CPU_CLK_UNHALTED.THREAD_P"), instructions, cycles));
        assertEquals(0xBB, machine.hardware.rdmsr(FIXED_CTR_CTRL));
        assertEquals(0x53_00C0, machine.hardware.rdmsr(EVENTSEL));
    }

    @OnEveryCpu(value = "PERF-4 with a threshold, edges, inverted or in transactions instructions are on general counters", needs = Need.BROADWELL)
    void modified(PerfCpu cpu) {
        for (long modifier : new long[] {1L << 24, 1L << 18, 1L << 23 | 1L << 24, 1L << 32}) {
            assertEquals(List.of(0), counters(Machine.of(cpu), EventAttributes.of("MODIFIED", 0xC0 | modifier)));
        }
        assertEquals(List.of(2), counters(Machine.of(cpu), EventAttributes.of("CHECKPOINTED", 0xC0 | 1L << 33)));
        assertThrows(IllegalArgumentException.class, () -> Machine.of(cpu).open(EventAttributes.of("CHECKPOINTED", 0xC0 | 1L << 33).period(100_000)));
    }

    @OnEveryCpu(value = "PERF-5 PERF-6 three branches are on 0, 1 and 2; L1D_PEND_MISS.PENDING takes 2, and the third is on 3 with its count", needs = Need.BROADWELL)
    void weight(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        List<PerfEvent> branches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            branches.add(machine.open(named(cpu, "BR_INST_RETIRED.ALL_BRANCHES").pinned()));
            assertEquals(i, branches.get(i).counter());
        }
        machine.run(1);
        long counted = branches.get(2).read();
        PerfEvent pending = machine.open(named(cpu, "L1D_PEND_MISS.PENDING"));
        assertEquals(List.of(2, 0, 1, 3), List.of(pending.counter(), branches.get(0).counter(), branches.get(1).counter(), branches.get(2).counter()));
        machine.run(1);
        assertEquals(2 * counted, branches.get(2).read());
        machine.core.close(pending);
        machine.core.disable(branches.get(2));
        machine.core.enable(branches.get(2));
        assertEquals(3, branches.get(2).counter(), "where it was, though 2 is free");
    }

    @OnEveryCpu(value = "PERF-9 two threads with such events have four counters each", needs = Need.BROADWELL)
    void siblings(PerfCpu cpu) {
        EventAttributes.Builder hit = named(cpu, "MEM_LOAD_UOPS_RETIRED.L1_HIT");
        for (Machine machine : SiblingsTest.siblings(cpu)) {
            assertEquals(List.of(0, 1, 2, 3), counters(machine, hit, hit, hit, hit));
        }
    }

    @OnEveryCpu(value = "PERF-10 disabling and enabling writes GLOBAL_CTRL, 0 and then all counters", needs = Need.BROADWELL)
    void disableAndEnable(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.open(coded(0x01B1));
        machine.journal.take();
        machine.core.disable();
        machine.core.enable();
        assertEquals(List.of(new Journal.Access(Journal.Kind.WRITE, GLOBAL_CTRL, 0), new Journal.Access(Journal.Kind.WRITE, GLOBAL_CTRL, 0x7_0000_0000L | (cpu.smt() ? 0xF : 0xFF))),
                machine.journal.take());
    }

    @OnEveryCpu(value = "PERF-11 the watchdog is on fixed counter 1, or on 0 if that is taken", needs = Need.BROADWELL)
    void watchdog(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        assertEquals(CYCLES, machine.watchdog().counter());
        assertEquals(List.of(1, 0), counters(machine, named(cpu, "CPU_CLK_UNHALTED.THREAD"), coded(0x01B1)), "the one with fewer counters comes first");
        Machine other = Machine.of(cpu);
        counters(other, EventAttributes.onCounter("FIXED_1", CYCLES, 0).pinned());
        assertEquals(0, other.watchdog().counter());
    }

    @OnEveryCpu(value = "PERF-12 INST_RETIRED.PREC_DIST takes periods of 128 and more, and its counter begins at multiples of 64", needs = Need.BROADWELL)
    void periods(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        assertThrows(IllegalArgumentException.class, () -> machine.open(coded(0x01C0).period(127)));
        PerfEvent event = machine.open(named(cpu, "INST_RETIRED.PREC_DIST").period(128));
        assertEquals(1, event.counter());
        assertEquals(0x1_0000_0000_0000L - 128, machine.hardware.rdmsr(PMC + 1));
        assertThrows(IllegalArgumentException.class, () -> machine.core.setPeriod(event, 127));
        assertEquals(128, event.samplePeriod());
        machine.core.setPeriod(event, 1_000);
        assertEquals(0x1_0000_0000_0000L - 960, machine.hardware.rdmsr(PMC + 1));
        assertEquals(State.ACTIVE, machine.open(coded(0x00C0).period(2)).state(), "any will do for others");
        assertTrue(event.samplePeriod() == 1_000);
    }
}
