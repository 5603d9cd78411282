package dev.vpmu.generator.hardware.suite;

import static dev.vpmu.generator.hardware.suite.GuestRun.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.EventRole;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel's pmu_counters_test asserts (domain.md §12.3), on bare hardware.
 *
 * <p>Left out is what is KVM's and not the hardware's: guest CPUID that hides events or counters or takes a lower version (hardware
 * counts what it has, whatever CPUID says of it), forced emulation, and the quirk by which absent counters at 0xC1 and 0xC2 read 0.
 */
class SelftestsTest {

    private static final int SELECT = 0x186;
    private static final int COUNTER = 0xC1;
    private static final int FIXED = 0x309;
    private static final int FIXED_CONTROL = 0x38D;
    private static final int CTRL = 0x38F;
    private static final int POSSIBLE = 8;

    private static void assertCount(EventRole role, long count, Object where) {
        switch (role) {
            case INSTRUCTIONS -> assertEquals(45, count, where::toString);
            case BRANCHES -> assertEquals(10, count, where::toString);
            case SLOTS -> assertBetween(45, Long.MAX_VALUE, count, where);
            default -> assertBetween(1, Long.MAX_VALUE, count, where);
        }
    }

    @OnEveryCpu(value = "SELF arch events: 45 instructions, 10 branches and something of every other event, on every counter", needs = Need.ARCHITECTURAL_EVENTS)
    void archEvents(TestedCpu cpu) {
        List<EventRole> roles = new ArrayList<>(Loops.SEVEN);
        if (Loops.of(cpu, EventRole.SLOTS).isPresent()) {
            roles.add(EventRole.SLOTS);
        }
        Bench bench = Bench.atRest(cpu);
        for (EventRole role : roles) {
            for (TestedCounter counter : Loops.programmable(cpu)) {
                GuestRun run = new GuestRun(bench).counts(counter, Loops.of(cpu, role).orElseThrow());
                run.measure(Loops.selftest(cpu));
                assertCount(role, bench.value(counter), counter + " counts " + role);
                assertStays(bench, counter);
            }
        }
    }

    @OnEveryCpu(value = "SELF arch events: the fixed counters count what their twins do", needs = {Need.ARCHITECTURAL_EVENTS, Need.FIXED_COUNTERS})
    void fixedTwins(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : Loops.fixed(cpu)) {
            new GuestRun(bench).counts(counter).measure(Loops.selftest(cpu));
            boolean instructions = counter.clock().isEmpty() && counter.index() == 0;
            assertCount(instructions ? EventRole.INSTRUCTIONS : counter.clock().isEmpty() ? EventRole.SLOTS : EventRole.CYCLES, bench.value(counter), counter);
            assertStays(bench, counter);
        }
    }

    /** A disabled counter does not move, and holds what is written. */
    private static void assertStays(Bench bench, TestedCounter counter) {
        bench.rest();
        long before = bench.value(counter);
        new GuestRun(bench).work(Loops.selftest(bench.cpu));
        assertEquals(before, bench.value(counter), () -> counter + " is disabled");
        bench.value(counter, 0xDEAD);
        assertEquals(0xDEAD, bench.value(counter));
        new GuestRun(bench).work(Loops.selftest(bench.cpu));
        assertEquals(0xDEAD, bench.value(counter), () -> counter + " is disabled");
    }

    @OnEveryCpu(value = "SELF gp counters: as many as leaf 0xA says can be written and read; beyond them registers and RDPMC fault", needs = Need.INTEL)
    void gpCounters(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        int count = bench.pmu.cpuid(0xA, 0).eax() >> 8 & 0xFF;
        assertEquals(cpu.indexes(cpu.cpu().bank("gp").orElseThrow()).size(), count);
        for (int i = 0; i < POSSIBLE; i++) {
            int index = i;
            if (index < count) {
                bench.pmu.wrmsr(COUNTER + index, 0xFFFF);
                assertEquals(0xFFFF, bench.pmu.rdmsr(COUNTER + index));
                assertEquals(0xFFFF, bench.pmu.rdpmc(index));
                bench.pmu.wrmsr(SELECT + index, 0xC0);
            } else {
                bench.assertFaults(() -> bench.pmu.wrmsr(COUNTER + index, 0xFFFF));
                bench.assertFaults(() -> bench.pmu.rdmsr(COUNTER + index));
                bench.assertFaults(() -> bench.pmu.wrmsr(SELECT + index, 0));
                bench.assertFaults(() -> bench.pmu.rdmsr(SELECT + index));
                bench.assertFaults(() -> bench.pmu.rdpmc(index));
            }
            bench.assertFaults(() -> bench.pmu.rdpmc(0x8000_0000 | index));
        }
    }

    @OnEveryCpu(value = "SELF gp counters: GLOBAL_CTRL is the mask of the general counters at reset, and takes no bit of an absent one", needs = Need.INTEL_VERSION_2)
    void globalControl(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        int count = bench.pmu.cpuid(0xA, 0).eax() >> 8 & 0xFF;
        assertEquals((1L << count) - 1, bench.pmu.rdmsr(CTRL));
        for (int index = 0; index < 32; index++) {
            long bit = 1L << index;
            if (index < count) {
                bench.pmu.wrmsr(CTRL, bit);
                assertEquals(bit, bench.pmu.rdmsr(CTRL));
            } else {
                bench.assertFaults(() -> bench.pmu.wrmsr(CTRL, bit));
            }
        }
    }

    @OnEveryCpu(value = "SELF fixed counters: by their number or, from version 5 on, their bitmap; an absent one faults, and so do its control and its global bit",
            needs = Need.INTEL_VERSION_2)
    void fixedCounters(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        var leaf = bench.pmu.cpuid(0xA, 0);
        int present = 0;
        for (int i = 0; i < POSSIBLE; i++) {
            int index = i;
            if (index < (leaf.edx() & 0x1F) || cpu.cpu().version() >= 5 && (leaf.ecx() >> index & 1) != 0) {
                present++;
                bench.pmu.wrmsr(FIXED_CONTROL, 3L << 4 * index);
                bench.pmu.wrmsr(CTRL, 1L << 32 + index);
                bench.pmu.wrmsr(FIXED + index, 0);
                new GuestRun(bench).work(Loops.selftest(cpu));
                assertBetween(1, Long.MAX_VALUE, bench.pmu.rdmsr(FIXED + index), "fixed counter " + index);
                assertEquals(bench.pmu.rdmsr(FIXED + index), bench.pmu.rdpmc(0x4000_0000 | index));
            } else {
                bench.assertFaults(() -> bench.pmu.rdmsr(FIXED + index));
                bench.assertFaults(() -> bench.pmu.wrmsr(FIXED + index, 0));
                bench.assertFaults(() -> bench.pmu.rdpmc(0x4000_0000 | index));
                bench.assertFaults(() -> bench.pmu.wrmsr(FIXED_CONTROL, 1L << 4 * index));
                bench.assertFaults(() -> bench.pmu.wrmsr(CTRL, 1L << 32 + index));
            }
        }
        assertEquals(cpu.indexes(cpu.cpu().bank("fixed").orElseThrow()).size(), present);
    }
}
