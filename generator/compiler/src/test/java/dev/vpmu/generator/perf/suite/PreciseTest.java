package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;

/** Events that are sampled through precise records (domain.md §2.6, §4.5). */
class PreciseTest {

    private static final long PERIOD = 10_240;
    private static final int UNITS = 2;

    private static EventAttributes.Builder precise(PerfCpu cpu, int level) {
        return cpu.asked().unconstrained().get(0).attributes("PRECISE").period(PERIOD).precise(level);
    }

    /** What the register that lets counters write records holds. */
    private static long writing(Machine machine) {
        RegisterModel register = machine.cpu.globals().registers(RegisterRole.PRECISE_ENABLE).get(0);
        return machine.hardware.rdmsr((int) register.address());
    }

    @OnEveryCpu(value = "§4.5 the counter of an event with precise records writes them while it is on the PMU and the PMU is enabled", needs = Need.PRECISE)
    void enabled(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        machine.open(cpu.asked().unconstrained().get(1).attributes());
        assertEquals(0, writing(machine));
        PerfEvent precise = machine.open(precise(cpu, 1));
        assertTrue((cpu.model().preciseRecords().orElseThrow().counters() >>> precise.counter() & 1) != 0, precise::toString);
        assertEquals(1L << precise.counter(), writing(machine));
        machine.core.disable();
        assertEquals(0, writing(machine));
        machine.core.enable();
        assertEquals(1L << precise.counter(), writing(machine));
        machine.run(UNITS);
        assertEquals(UNITS * cpu.work().of(cpu.asked().unconstrained().get(0)), precise.read());
        machine.core.disable(precise);
        assertEquals(0, writing(machine));
        machine.core.enable(precise);
        assertEquals(1L << precise.counter(), writing(machine));
        machine.core.close(precise);
        assertEquals(0, writing(machine));
        machine.assertHardwareFollows();
    }

    @OnEveryCpu(value = "§4.5 counters that write no records do not hold such an event", needs = Need.PRECISE)
    void counters(PerfCpu cpu) {
        Machine machine = Machine.of(cpu);
        long can = cpu.model().preciseRecords().orElseThrow().counters();
        long general = cpu.general().stream().mapToLong(counter -> 1L << counter.globalIndex() & can).sum();
        for (int i = 0; i < Long.bitCount(general); i++) {
            machine.open(precise(cpu, 1));
        }
        assertEquals(general, writing(machine));
        machine.assertWaits(machine.open(precise(cpu, 1)));
    }

    @OnEveryCpu(value = "PERF-12 so small that precise records go wrong a period cannot be, where a row says so of a precision", needs = Need.PRECISE_PERIODS)
    void leastPeriods(PerfCpu cpu) {
        PeriodModel row = Need.precisePeriod(cpu).orElseThrow();
        int level = row.pattern().preciseLevel();
        Machine machine = Machine.of(cpu);
        assertThrows(IllegalArgumentException.class, () -> machine.open(precise(cpu, level).period(row.minimum() - 1)));
        PerfEvent event = machine.open(precise(cpu, level).period(row.minimum()));
        assertThrows(IllegalArgumentException.class, () -> machine.core.setPeriod(event, row.minimum() - 1));
        assertEquals(row.minimum(), event.samplePeriod());
        machine.open(precise(cpu, 0).period(row.minimum() - 1));
    }

    @OnEveryCpu(value = "§4.5 a CPU without such records refuses the event", needs = Need.NOT_PRECISE)
    void refused(PerfCpu cpu) {
        assertThrows(IllegalArgumentException.class, () -> Machine.of(cpu).open(precise(cpu, 1)));
    }
}
