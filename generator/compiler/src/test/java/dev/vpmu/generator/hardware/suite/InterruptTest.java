package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.hardware.Step;
import java.util.List;

/** The way of a PMI through the local APIC (domain.md §2.6). */
class InterruptTest {

    private static TestedCounter first(TestedCpu cpu) {
        return cpu.counters(FieldRole.INTERRUPT_ENABLE).get(0);
    }

    /** A PMU whose first counter overflows in cycle 0, with an unmasked entry. */
    private static Bench aboutToOverflow(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        bench.start(first(cpu), Setting.INTERRUPT);
        bench.before(first(cpu), 1);
        bench.pmu.lvtpc(Bench.NMI);
        return bench;
    }

    private static void assertStatus(Bench bench, TestedCounter counter) {
        assertTrue(!bench.cpu.isReporting(counter) || bench.overflowed(counter), counter + " has overflowed");
    }

    @OnEveryCpu(value = "HW-3 a PMI masks LVTPC itself; a second overflow is silent but for its status bit; unmasking brings back no PMI",
            needs = {Need.INTERRUPTS, Need.MASKS_ITSELF})
    void masksItself(TestedCpu cpu) {
        Bench bench = aboutToOverflow(cpu);
        TestedCounter counter = first(cpu);
        assertEquals(1, bench.pmu.run(bench.steady(1), 0));
        assertEquals(Bench.NMI | Bench.MASKED, bench.pmu.lvtpc(), "the delivery mode stays");
        assertTrue(bench.pmu.takePmi());
        assertStatus(bench, counter);
        if (cpu.isReporting(counter)) {
            bench.clearOverflow(counter);
        }
        bench.before(counter, 1);
        bench.run(bench.steady(2));
        assertEquals(1, bench.value(counter));
        assertStatus(bench, counter);
        bench.pmu.lvtpc(Bench.NMI);
        assertFalse(bench.pmu.pmiPending(), "not retroactive");
        bench.run(bench.steady(2));
        assertEquals(Bench.NMI, bench.pmu.lvtpc());
        bench.before(counter, 1);
        assertEquals(1, bench.pmu.run(bench.steady(2), 0), "the next overflow is heard, though the status bit is set already");
        assertTrue(bench.pmu.takePmi());
    }

    @OnEveryCpu(value = "HW-3 an entry that stays unmasked lets every overflow through", needs = {Need.INTERRUPTS, Need.STAYS_UNMASKED})
    void staysUnmasked(TestedCpu cpu) {
        Bench bench = aboutToOverflow(cpu);
        for (int time = 0; time < 3; time++) {
            bench.before(first(cpu), 1);
            assertEquals(1, bench.pmu.run(bench.steady(3), 0));
            assertEquals(Bench.NMI, bench.pmu.lvtpc());
            assertTrue(bench.pmu.takePmi());
        }
    }

    @OnEveryCpu(value = "HW-3 a masked LVTPC drops the request, and the status bit is set all the same", needs = Need.INTERRUPTS)
    void maskedDrops(TestedCpu cpu) {
        Bench bench = aboutToOverflow(cpu);
        bench.pmu.lvtpc(Bench.NMI | Bench.MASKED);
        bench.run(bench.steady(4));
        assertEquals(3, bench.value(first(cpu)));
        assertStatus(bench, first(cpu));
        bench.pmu.lvtpc(Bench.NMI);
        bench.run(bench.steady(4));
    }

    @OnEveryCpu(value = "HW-3 masking LVTPC does not stop a PMI that was accepted", needs = Need.INTERRUPTS)
    void acceptedStays(TestedCpu cpu) {
        Bench bench = aboutToOverflow(cpu);
        bench.pmu.pmiSkid(5);
        assertEquals(2, bench.pmu.run(bench.steady(2), 0));
        assertFalse(bench.pmu.pmiPending());
        bench.pmu.lvtpc(Bench.NMI | Bench.MASKED);
        assertEquals(4, bench.pmu.run(bench.steady(20), 0), "cycles 1 to 5 pass behind the overflow, one of them in the step before");
        assertTrue(bench.pmu.takePmi());
    }

    @OnEveryCpu(value = "HW-3 LVTPC keeps its mask and bits 10 to 0, and is masked after reset", needs = Need.REGISTERS)
    void lvtpcKeepsItsBits(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        assertEquals(0x1_0000, bench.pmu.lvtpc());
        bench.pmu.lvtpc(-1);
        assertEquals(0x1_07FF, bench.pmu.lvtpc());
        bench.pmu.lvtpc(0xFFFE_F0F3);
        assertEquals(0x0F3, bench.pmu.lvtpc());
    }

    @OnEveryCpu(value = "HW-3 with a skid the counter keeps counting until the PMI is there, in the overflow's step or in a later one", needs = Need.INTERRUPTS)
    void skid(TestedCpu cpu) {
        TestedCounter counter = first(cpu);
        for (int skid = 0; skid < 8; skid++) {
            Bench bench = aboutToOverflow(cpu);
            bench.pmu.pmiSkid(skid);
            assertEquals(1 + skid, bench.pmu.run(bench.steady(20), 0));
            assertEquals(skid, bench.value(counter));
            assertTrue(bench.pmu.takePmi());

            Bench parts = aboutToOverflow(cpu);
            parts.pmu.pmiSkid(skid);
            int passed = 0;
            while (!parts.pmu.pmiPending()) {
                assertEquals(1, parts.pmu.run(parts.steady(1), 0));
                passed++;
            }
            assertEquals(1 + skid, passed);
            assertEquals(skid, parts.value(counter));
        }
    }

    @OnEveryCpu(value = "HW-3 a PMI that is there stops work once; until it is taken further requests become one with it", needs = Need.INTERRUPTS)
    void pendingMerges(TestedCpu cpu) {
        Bench bench = aboutToOverflow(cpu);
        TestedCounter counter = first(cpu);
        assertEquals(1, bench.pmu.run(bench.steady(5), 0));
        bench.pmu.lvtpc(Bench.NMI);
        bench.before(counter, 1);
        assertEquals(5, bench.pmu.run(bench.steady(5), 1), "nothing new is there");
        assertEquals(3, bench.value(counter));
        assertTrue(bench.pmu.takePmi());
        assertFalse(bench.pmu.pmiPending());
        bench.run(bench.steady(5));
    }

    @OnEveryCpu(value = "HW-3 overflows of one step are heard in the order of their cycles, and each at its own", needs = {Need.INTERRUPTS, Need.TWO_INTERRUPTING})
    void inOrder(TestedCpu cpu) {
        List<TestedCounter> counters = cpu.counters(FieldRole.INTERRUPT_ENABLE);
        Bench bench = Bench.atRest(cpu);
        Step step = bench.steady(3L * counters.size() + 10);
        int used = 0;
        // the last counter overflows first
        for (TestedCounter counter : counters) {
            long cycle = 3L * (counters.size() - used);
            if (counter.takes(-cycle & counter.mask()) && cycle <= counter.mask() / 2) {
                bench.start(counter, Setting.INTERRUPT);
                bench.before(counter, cycle);
            }
            used++;
        }
        long at = 0;
        for (int i = counters.size() - 1; i >= 0; i--) {
            TestedCounter counter = counters.get(i);
            long cycle = 3L * (counters.size() - i);
            if (counter.takes(-cycle & counter.mask()) && cycle <= counter.mask() / 2) {
                bench.pmu.lvtpc(Bench.NMI);
                at = bench.pmu.run(step, at);
                assertEquals(cycle, at, () -> counter + " overflows in the cycle before");
                assertEquals(0, bench.value(counter));
                assertStatus(bench, counter);
                assertTrue(bench.pmu.takePmi());
                bench.stop(counter);
            }
        }
        assertEquals(step.cycles(), bench.pmu.run(step, at));
        assertFalse(bench.pmu.pmiPending());
    }

    @OnEveryCpu(value = "HW-3 overflows of one cycle share one PMI", needs = {Need.INTERRUPTS, Need.TWO_INTERRUPTING})
    void inOneCycle(TestedCpu cpu) {
        List<TestedCounter> counters = cpu.counters(FieldRole.INTERRUPT_ENABLE);
        Bench bench = Bench.atRest(cpu);
        bench.pmu.lvtpc(Bench.NMI);
        counters.forEach(counter -> {
            bench.start(counter, Setting.INTERRUPT);
            bench.before(counter, 1);
        });
        assertEquals(1, bench.pmu.run(bench.steady(3), 0));
        counters.forEach(counter -> assertStatus(bench, counter));
        assertTrue(bench.pmu.takePmi());
        assertEquals(3, bench.pmu.run(bench.steady(3), 1));
        assertFalse(bench.pmu.pmiPending());
    }

    @OnEveryCpu(value = "HW-3 an overflow in the sibling's work asks for a PMI of this thread", needs = {Need.INTERRUPTS, Need.ANY_THREAD})
    void siblingsWork(TestedCpu cpu) {
        for (TestedCounter counter : cpu.counters(FieldRole.INTERRUPT_ENABLE, FieldRole.ANY_THREAD)) {
            Bench bench = Bench.atRest(cpu);
            bench.pmu.lvtpc(Bench.NMI);
            bench.start(counter, Setting.INTERRUPT, Setting.ANY_THREAD);
            bench.before(counter, 1);
            assertEquals(1, bench.pmu.runSibling(bench.steady(5), 0));
            assertTrue(bench.pmu.takePmi());
            assertStatus(bench, counter);
        }
    }
}
