package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.EventRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/**
 * What kvm-unit-tests' x86/pmu.c does with overflows, RDPMC and full-width writes (domain.md §12.1), on bare hardware;
 * {@link UnitTestsInGuestsTest} runs it in guests.
 */
class UnitTestsOverflowTest {

    private static final int LEGACY = 0xC1;
    private static final int FULL_WIDTH = 0x4C1;
    private static final int FIXED = 0x309;
    private static final long PATTERN = 0xFF01_2345_6789L;

    private static List<Integer> general(TestedCpu cpu) {
        return cpu.indexes(cpu.cpu().bank("gp").orElseThrow());
    }

    private static long width(BankModel bank) {
        return Bits.mask(0, bank.width());
    }

    /** The general counters, and the first fixed one if it counts instructions. */
    private static List<TestedCounter> counters(TestedCpu cpu) {
        List<TestedCounter> counters = new ArrayList<>(Loops.programmable(cpu));
        Loops.fixed(cpu).stream().filter(counter -> counter.index() == 0 && counter.occurrence().isPresent()).forEach(counters::add);
        return counters;
    }

    private static GuestRun instructions(Bench bench, TestedCounter counter, Setting... settings) {
        GuestRun run = new GuestRun(bench);
        return counter.isProgrammable() ? run.counts(counter, Loops.of(bench.cpu, EventRole.INSTRUCTIONS).orElseThrow(), settings) : run.counts(counter, settings);
    }

    /** Presets each counter to 1 less what the loop gives, by {@code write}, and runs the loop. */
    private static void assertOverflows(TestedCpu cpu, PresetWrite write) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : counters(cpu)) {
            boolean asks = counter.index() % 2 == 1 && counter.has(Setting.INTERRUPT.role());
            instructions(bench, counter).measure(Loops.unitTest(cpu));
            long count = bench.value(counter);
            write.write(bench, counter, 1 - count);
            GuestRun run = instructions(bench, counter, asks ? new Setting[] {Setting.INTERRUPT} : new Setting[0]);
            bench.pmu.lvtpc(Bench.NMI);
            run.enable();
            run.work(Loops.unitTest(cpu));
            run.disable();
            assertEquals(1, bench.value(counter), counter::toString);
            assertEquals(List.of(counter), bench.overflowed());
            bench.clearOverflow(counter);
            assertEquals(List.of(), bench.overflowed());
            // interrupts were off; now that they are on again, it is there or it never was
            assertEquals(asks, bench.pmu.takePmi(), () -> counter + " asks for a PMI: " + asks);
            assertFalse(bench.pmu.takePmi());
            bench.rest();
        }
    }

    /** How a preset is written. */
    private interface PresetWrite {
        void write(Bench bench, TestedCounter counter, long preset);
    }

    @OnEveryCpu(value = "KUT overflow: a preset of 1 less the count ends at exactly 1, the status bit is set and can be cleared, a PMI waits iff INT was set",
            needs = {Need.ARCHITECTURAL_EVENTS, Need.OVERFLOWS, Need.INTERRUPTS})
    void overflow(TestedCpu cpu) {
        assertOverflows(cpu, (bench, counter, preset) -> bench.value(counter, preset & counter.mask()));
    }

    @OnEveryCpu(value = "KUT full-width: the overflow test again through the full-width addresses", needs = {Need.FULL_WIDTH_WRITES, Need.OVERFLOWS})
    void fullWidthOverflow(TestedCpu cpu) {
        assertOverflows(cpu, (bench, counter, preset) ->
                bench.pmu.wrmsr((counter.isProgrammable() ? FULL_WIDTH : FIXED) + counter.index(), preset & counter.mask()));
    }

    @OnEveryCpu(value = "KUT rdpmc: 0xFF0123456789 by a legacy write is 0x23456789, and full width or fixed what fits", needs = Need.INTEL)
    void rdpmc(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        List<Executable> values = new ArrayList<>();
        for (int index : general(cpu)) {
            bench.pmu.wrmsr(LEGACY + index, PATTERN);
            read(values, 0x2345_6789L, bench.pmu.rdpmc(index), "gp[" + index + "]");
            if (Need.FULL_WIDTH_WRITES.isMetBy(cpu)) {
                bench.pmu.wrmsr(FULL_WIDTH + index, PATTERN);
                read(values, PATTERN, bench.pmu.rdpmc(index), "gp[" + index + "] at full width");
            }
        }
        cpu.cpu().bank("fixed").ifPresent(bank -> {
            for (int index : cpu.indexes(bank)) {
                bench.pmu.wrmsr(FIXED + index, PATTERN);
                read(values, PATTERN & width(bank), bench.pmu.rdpmc(0x4000_0000 | index), "fixed[" + index + "]");
            }
        });
        assertAll(values);
    }

    private static void read(List<Executable> values, long expected, long value, String what) {
        values.add(() -> assertEquals(Long.toHexString(expected), Long.toHexString(value), what));
    }

    @OnEveryCpu(value = "KUT invalid RDPMC: index 64, and bit 31 as the old flag for a fast read, fault", needs = Need.INTEL)
    void invalidRdpmc(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        bench.assertFaults(() -> bench.pmu.rdpmc(64));
        general(cpu).forEach(index -> bench.assertFaults(() -> bench.pmu.rdpmc(0x8000_0000 | index)));
    }

    @OnEveryCpu(value = "KUT full-width: legacy writes of 32, 48 and 64 bits all read as the low 32 through both addresses, full-width ones as written",
            needs = Need.FULL_WIDTH_WRITES)
    void fullWidthReads(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        long all = 0xFFFF_FF01_2345_6789L;
        for (int index : general(cpu)) {
            for (long written : new long[] {0x2345_6789L, all & 0xFFFF_FFFF_FFFFL, all}) {
                bench.pmu.wrmsr(LEGACY + index, written);
                assertEquals(0x2345_6789L, bench.pmu.rdmsr(LEGACY + index));
                assertEquals(0x2345_6789L, bench.pmu.rdmsr(FULL_WIDTH + index));
            }
            bench.pmu.wrmsr(FULL_WIDTH + index, all & 0xFFFF_FFFF_FFFFL);
            assertEquals(0xFF01_2345_6789L, bench.pmu.rdmsr(LEGACY + index));
            assertEquals(0xFF01_2345_6789L, bench.pmu.rdmsr(FULL_WIDTH + index));
            bench.assertFaults(() -> bench.pmu.wrmsr(FULL_WIDTH + index, all));
            assertTrue((cpu.pmu().rdmsr(0x345) & 1 << 13) != 0, "the capability says so");
        }
    }
}
