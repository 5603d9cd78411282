package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.FreezeSubject;
import java.util.List;

/** What a PMI freezes, in either style, at the moment it is raised (domain.md §2.9). */
class FreezeTest {

    private static final int DEBUGCTL = 0x1D9;
    private static final long FREEZE_LBRS_ON_PMI = 1 << 11;
    private static final long FREEZE_PERFMON_ON_PMI = 1 << 12;
    private static final long LBR = 1;
    private static final int STATUS = 0x38E;
    private static final int CTRL = 0x38F;
    private static final int STATUS_RESET = 0x390;

    /** A PMU whose first counter overflows in cycle 0 and asks for a PMI; all others only count. */
    private static Bench aboutToOverflow(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        TestedCounter first = first(cpu);
        for (TestedCounter counter : countersWithInterrupts(cpu)) {
            bench.start(counter, counter == first ? new Setting[] {Setting.INTERRUPT} : new Setting[0]);
            bench.value(counter, 0);
        }
        bench.before(first, 1);
        bench.pmu.lvtpc(Bench.NMI);
        return bench;
    }

    private static List<TestedCounter> countersWithInterrupts(TestedCpu cpu) {
        return cpu.counters(FieldRole.INTERRUPT_ENABLE);
    }

    private static TestedCounter first(TestedCpu cpu) {
        return countersWithInterrupts(cpu).get(0);
    }

    private static void assertValues(Bench bench, long first, long others) {
        countersWithInterrupts(bench.cpu).forEach(counter -> assertEquals(counter == first(bench.cpu) ? first : others, bench.value(counter), counter::toString));
    }

    @OnEveryCpu(value = "HW-7 a PMI freezes all counters behind the cycle that raised it, not when it is there", needs = Need.FREEZES_COUNTERS)
    void freezesWhenRaised(TestedCpu cpu) {
        for (FreezeModel freeze : Freezing.of(cpu, FreezeSubject.COUNTERS)) {
            Bench bench = aboutToOverflow(cpu);
            bench.pmu.pmiSkid(6);
            bench.write(cpu.globals().flag(freeze), freeze.flagMask());
            WordPart changed = cpu.globals().changed(freeze);
            assertEquals(7, bench.pmu.run(bench.steady(20), 0));
            assertValues(bench, 0, 1);
            assertEquals(freeze.sets() ? changed.mask() : 0, bench.read(changed));
            assertTrue(bench.pmu.takePmi());
            assertEquals(20, bench.pmu.run(bench.steady(20), 7));
            assertValues(bench, 0, 1);
            thaw(bench, freeze);
            bench.run(bench.steady(3));
            assertValues(bench, 3, 4);
        }
    }

    /** What software has to do: clear the status bit, or write the enables again. */
    private static void thaw(Bench bench, FreezeModel freeze) {
        if (freeze.sets()) {
            bench.clear(bench.cpu.globals().changed(freeze));
        } else {
            countersWithInterrupts(bench.cpu).forEach(counter -> bench.enable(counter, true));
        }
    }

    @OnEveryCpu(value = "HW-7 without its flag a PMI freezes no counter, be the register's other bits set or not", needs = Need.FREEZES_COUNTERS)
    void withoutFlag(TestedCpu cpu) {
        for (FreezeModel freeze : Freezing.of(cpu, FreezeSubject.COUNTERS)) {
            for (boolean others : new boolean[] {false, true}) {
                Bench bench = aboutToOverflow(cpu);
                bench.write(othersOf(cpu, freeze), others ? othersOf(cpu, freeze).mask() : 0);
                bench.pmu.pmiSkid(6);
                assertEquals(7, bench.pmu.run(bench.steady(20), 0));
                assertValues(bench, 6, 7);
                cpu.globals().frozen().forEach(part -> assertEquals(0, bench.read(part)));
            }
        }
    }

    /** The bits beside a freeze's flag that can be written, and ask for no freeze of that kind. */
    private static WordPart othersOf(TestedCpu cpu, FreezeModel freeze) {
        WordPart flag = cpu.globals().flag(freeze);
        long flags = cpu.cpu().freezes().stream().filter(other -> other.subject() == freeze.subject() && other.flagRegister().equals(freeze.flagRegister()))
                .mapToLong(FreezeModel::flagMask).reduce(0, (a, b) -> a | b);
        return new WordPart(flag.register(), 0, cpu.smt(), flag.writable() & ~flags);
    }

    @OnEveryCpu(value = "HW-7 without its flag a PMI does not freeze the branch records, whatever else is set", needs = Need.FREEZES_BRANCHES)
    void branchesWithoutFlag(TestedCpu cpu) {
        for (FreezeModel freeze : Freezing.of(cpu, FreezeSubject.BRANCHES)) {
            Bench bench = aboutToOverflow(cpu);
            bench.write(othersOf(cpu, freeze), othersOf(cpu, freeze).mask());
            WordPart changed = cpu.globals().changed(freeze);
            long before = bench.read(changed);
            assertEquals(1, bench.pmu.run(bench.steady(4), 0));
            assertEquals(before, bench.read(changed));
        }
    }

    @OnEveryCpu(value = "HW-7 a request that LVTPC's mask drops freezes nothing, nor does an overflow that asks for no PMI", needs = Need.FREEZES_COUNTERS)
    void droppedRequests(TestedCpu cpu) {
        for (FreezeModel freeze : Freezing.of(cpu, FreezeSubject.COUNTERS)) {
            Bench masked = aboutToOverflow(cpu);
            masked.write(cpu.globals().flag(freeze), freeze.flagMask());
            masked.pmu.lvtpc(Bench.MASKED);
            masked.run(masked.steady(5));
            assertValues(masked, 4, 5);

            Bench silent = aboutToOverflow(cpu);
            silent.write(cpu.globals().flag(freeze), freeze.flagMask());
            silent.start(first(cpu));
            silent.run(silent.steady(5));
            assertValues(silent, 4, 5);
        }
    }

    @OnEveryCpu(value = "HW-7 a request that becomes one with a PMI which waits, or is on its way, freezes behind its own cycle all the same",
            needs = Need.FREEZES_COUNTERS)
    void mergedRequests(TestedCpu cpu) {
        for (FreezeModel freeze : Freezing.of(cpu, FreezeSubject.COUNTERS)) {
            for (int skid : new int[] {0, 50}) {
                Bench bench = aboutToOverflow(cpu);
                bench.pmu.pmiSkid(skid);
                assertEquals(1, bench.pmu.run(bench.steady(1), 0));
                // software listens again before it has taken the PMI
                bench.pmu.lvtpc(Bench.NMI);
                bench.before(first(cpu), 1);
                bench.write(cpu.globals().flag(freeze), freeze.flagMask());
                assertEquals(9, bench.pmu.run(bench.steady(9), 0));
                assertValues(bench, 0, 2);
            }
        }
    }

    @OnEveryCpu(value = "HW-7 a PMI freezes the branch records and lets the counters run", needs = Need.FREEZES_BRANCHES)
    void freezesBranches(TestedCpu cpu) {
        for (FreezeModel freeze : Freezing.of(cpu, FreezeSubject.BRANCHES)) {
            for (boolean asked : new boolean[] {false, true}) {
                Bench bench = aboutToOverflow(cpu);
                WordPart changed = cpu.globals().changed(freeze);
                if (!freeze.sets()) {
                    bench.write(changed, changed.mask());
                } else if (bench.read(changed) != 0) {
                    bench.clear(changed);
                }
                bench.write(cpu.globals().flag(freeze), asked ? freeze.flagMask() : 0);
                long before = bench.read(changed);
                assertEquals(1, bench.pmu.run(bench.steady(4), 0));
                assertEquals(asked ? freeze.sets() ? changed.mask() : 0 : before, bench.read(changed));
                assertTrue(bench.pmu.takePmi());
                assertEquals(4, bench.pmu.run(bench.steady(4), 1));
                assertValues(bench, 3, 4);
            }
        }
    }

    @OnEveryCpu(value = "HW-7 before version 4 a PMI clears GLOBAL_CTRL and DEBUGCTL.LBR, and nothing in the status", needs = Need.INTEL_BEFORE_4)
    void legacyStyle(TestedCpu cpu) {
        Bench bench = aboutToOverflow(cpu);
        bench.pmu.wrmsr(DEBUGCTL, LBR | FREEZE_LBRS_ON_PMI | FREEZE_PERFMON_ON_PMI);
        assertEquals(1, bench.pmu.run(bench.steady(9), 0));
        assertEquals(0, bench.pmu.rdmsr(CTRL));
        assertEquals(FREEZE_LBRS_ON_PMI | FREEZE_PERFMON_ON_PMI, bench.pmu.rdmsr(DEBUGCTL));
        assertEquals(1, bench.pmu.rdmsr(STATUS), "the overflow of counter 0 alone");
        bench.assertFaults(() -> bench.pmu.wrmsr(STATUS_RESET, 1L << 59));
    }

    @OnEveryCpu(value = "HW-7 from version 4 on a PMI sets CTR_Frz and LBR_Frz, and changes neither GLOBAL_CTRL nor DEBUGCTL", needs = Need.INTEL_VERSION_4)
    void streamlinedStyle(TestedCpu cpu) {
        Bench bench = aboutToOverflow(cpu);
        bench.pmu.wrmsr(DEBUGCTL, LBR | FREEZE_LBRS_ON_PMI | FREEZE_PERFMON_ON_PMI);
        long enabled = bench.pmu.rdmsr(CTRL);
        assertEquals(1, bench.pmu.run(bench.steady(9), 0));
        assertEquals(1L | 1L << 58 | 1L << 59, bench.pmu.rdmsr(STATUS));
        assertEquals(enabled, bench.pmu.rdmsr(CTRL));
        assertEquals(LBR | FREEZE_LBRS_ON_PMI | FREEZE_PERFMON_ON_PMI, bench.pmu.rdmsr(DEBUGCTL));
        bench.pmu.wrmsr(STATUS_RESET, 1L << 58);
        assertEquals(1L | 1L << 59, bench.pmu.rdmsr(STATUS));
        bench.pmu.takePmi();
        bench.run(bench.steady(5));
        assertValues(bench, 0, 1);
        bench.pmu.wrmsr(STATUS_RESET, 1L << 59);
        bench.run(bench.steady(5));
        assertValues(bench, 5, 6);
        assertFalse(bench.pmu.pmiPending());
    }
}
