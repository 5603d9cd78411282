package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.WriteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Writes of counters, by each of their ways, and writes that are refused (domain.md §2.7, §2.11). */
class WriteTest {

    private static List<Long> values(int width) {
        List<Long> values = new ArrayList<>(List.of(0L, 1L, 0xDEADL, 0xFF01_2345_6789L, 0xFFFF_FF01_2345_6789L, 0x1234_5678_9ABC_DEF0L, -1L, -2L));
        for (int bit = 0; bit < Long.SIZE; bit++) {
            values.add(1L << bit);
            values.add((1L << bit) - 1);
            values.add(-1L << bit);
        }
        values.add(Bits.mask(0, width));
        SplittableRandom random = new SplittableRandom(width);
        random.longs(20).forEach(values::add);
        return values;
    }

    /** What a counter of that width holds after a write; absent if the write is refused. */
    private static OptionalLong stored(WriteRule rule, int width, long value) {
        long mask = Bits.mask(0, width);
        if (rule instanceof WriteRule.SignExtend extend) {
            boolean negative = (value >>> extend.bits() - 1 & 1) != 0;
            long low = value & Bits.mask(0, extend.bits());
            return OptionalLong.of((negative ? low | ~Bits.mask(0, extend.bits()) : low) & mask);
        } else if (rule instanceof WriteRule.Truncate) {
            return OptionalLong.of(value & mask);
        } else if (rule instanceof WriteRule.FaultBeyondWidth) {
            return (value & ~mask) == 0 ? OptionalLong.of(value) : OptionalLong.empty();
        } else if (rule instanceof WriteRule.FaultUnlessCanonical) {
            long above = value >> 47;
            return above == 0 || above == -1 ? OptionalLong.of(value) : OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    @OnEveryCpu(value = "HW-5 every way to write a counter stores what it says or faults; every other view shows the same; a refused write changes nothing",
            needs = Need.REGISTERS)
    void everyWay(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        for (RegisterModel value : cpu.globals().registers(RegisterRole.VALUE)) {
            BankModel bank = cpu.cpu().bank(value.bank().orElseThrow()).orElseThrow();
            List<RegisterModel> views = new ArrayList<>(List.of(value));
            cpu.cpu().registers().stream().filter(register -> register.aliasOf().equals(Optional.of(value.name()))).forEach(views::add);
            for (int index : cpu.indexes(bank)) {
                for (RegisterModel view : views) {
                    if (view.indexes().contains(index)) {
                        values(bank.width()).forEach(written -> assertWrites(bench, bank, value, view, index, written));
                    }
                }
            }
        }
    }

    private static void assertWrites(Bench bench, BankModel bank, RegisterModel value, RegisterModel view, int index, long written) {
        int own = (int) value.addressOf(index);
        int address = (int) view.addressOf(index);
        long before = bench.pmu.rdmsr(own);
        OptionalLong expected = stored(view.write(), bank.width(), written);
        String what = view.name() + "[" + index + "] = 0x" + Long.toHexString(written);
        if (expected.isPresent()) {
            bench.pmu.wrmsr(address, written);
            assertEquals(expected.getAsLong(), bench.pmu.rdmsr(own), what);
        } else if (view.write() instanceof WriteRule.Ignored) {
            bench.pmu.wrmsr(address, written);
            assertEquals(before, bench.pmu.rdmsr(own), what);
        } else {
            bench.assertFaults(() -> bench.pmu.wrmsr(address, written));
            assertEquals(before, bench.pmu.rdmsr(own), what);
        }
        if (view.read() instanceof ReadRule.Stored) {
            assertEquals(bench.pmu.rdmsr(own), bench.pmu.rdmsr(address), what);
        }
    }

    @OnEveryCpu(value = "HW-5 a legacy write extends the sign of 32 bits, and a read extends with zeros", needs = Need.INTEL)
    void legacy(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        long width = Bits.mask(0, cpu.cpu().bank("gp").orElseThrow().width());
        for (int index : cpu.indexes(cpu.cpu().bank("gp").orElseThrow())) {
            int address = 0xC1 + index;
            bench.pmu.wrmsr(address, 0x7FFF_FFFFL);
            assertEquals(0x7FFF_FFFFL, bench.pmu.rdmsr(address));
            bench.pmu.wrmsr(address, 0x8000_0000L);
            assertEquals(0xFFFF_8000_0000L & width, bench.pmu.rdmsr(address));
            bench.pmu.wrmsr(address, 0xFFFF_FF01_7654_3210L);
            assertEquals(0x7654_3210L, bench.pmu.rdmsr(address), "what is above bit 31 is lost");
            bench.pmu.wrmsr(address, -1);
            assertEquals(width, bench.pmu.rdmsr(address));
        }
    }

    @OnEveryCpu(value = "HW-5 a full-width write stores all bits of the counter and faults above them; both addresses are one counter", needs = Need.FULL_WIDTH_WRITES)
    void fullWidth(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        for (int index : cpu.indexes(cpu.cpu().bank("gp").orElseThrow())) {
            bench.pmu.wrmsr(0x4C1 + index, 0xFFFF_FFFF_FFFFL);
            assertEquals(0xFFFF_FFFF_FFFFL, bench.pmu.rdmsr(0xC1 + index));
            bench.pmu.wrmsr(0x4C1 + index, 0x8000_0000L);
            assertEquals(0x8000_0000L, bench.pmu.rdmsr(0xC1 + index), "no sign is extended");
            for (long tooWide : new long[] {0x1_0000_0000_0000L, Long.MIN_VALUE, -1}) {
                bench.assertFaults(() -> bench.pmu.wrmsr(0x4C1 + index, tooWide));
            }
            assertEquals(0x8000_0000L, bench.pmu.rdmsr(0x4C1 + index), "a refused write changes nothing");
            bench.pmu.wrmsr(0xC1 + index, 0x8000_0000L);
            assertEquals(0xFFFF_8000_0000L, bench.pmu.rdmsr(0x4C1 + index));
        }
    }

    @OnEveryCpu(value = "HW-5 without the capability there is no full-width address", needs = Need.NO_FULL_WIDTH_WRITES)
    void noFullWidth(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        for (int index = 0; index < 8; index++) {
            int address = 0x4C1 + index;
            bench.assertFaults(() -> bench.pmu.rdmsr(address));
            bench.assertFaults(() -> bench.pmu.wrmsr(address, 0));
        }
    }

    @OnEveryCpu(value = "HW-5 a fixed counter takes every value and keeps what fits, without extending a sign", needs = Need.INTEL_VERSION_2)
    void fixed(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        BankModel bank = cpu.cpu().bank("fixed").orElseThrow();
        long width = Bits.mask(0, bank.width());
        for (int index : cpu.indexes(bank)) {
            bench.pmu.wrmsr(0x309 + index, 0x8000_0000L);
            assertEquals(0x8000_0000L, bench.pmu.rdmsr(0x309 + index));
            bench.pmu.wrmsr(0x309 + index, 0xFFFF_FF01_2345_6789L);
            assertEquals(0xFF01_2345_6789L & width, bench.pmu.rdmsr(0x309 + index));
        }
    }

    @OnEveryCpu("HW-5 a write of a running counter is a write: what it had counted is gone")
    void runningCounter(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters()) {
            bench.start(counter);
            bench.run(bench.steady(7));
            bench.value(counter, 0);
            bench.run(bench.steady(5));
            assertEquals(5, bench.value(counter), counter::toString);
            bench.stop(counter);
        }
    }

    @OnEveryCpu(value = "HW-5 a write of a register of the core is seen by the sibling, and one of a register of the thread is not", needs = Need.SHARED_REGISTER)
    void sharedRegisters(TestedCpu cpu) {
        Bench first = Bench.afterReset(cpu);
        PmuUnderTest second = cpu.pmu();
        for (RegisterModel register : cpu.cpu().registers()) {
            if (register.aliasOf().isEmpty() && register.bank().isEmpty() && new WordPart(register, 0, cpu.smt(), 1).settable()) {
                first.pmu.wrmsr((int) register.address(), new WordPart(register, 0, cpu.smt(), 0).writable() & 1);
            }
        }
        first.pmu.pairWith(second);
        for (RegisterModel register : cpu.cpu().registers()) {
            if (Need.isSharedAndPlain(register) && register.read() instanceof ReadRule.Stored) {
                int address = (int) register.address();
                assertEquals(first.pmu.rdmsr(address), second.rdmsr(address), () -> register.name() + " of the pair's first");
                second.wrmsr(address, 0);
                assertEquals(second.rdmsr(address), first.pmu.rdmsr(address), register::name);
                assertEquals(0, first.pmu.rdmsr(address) & 1, register::name);
                first.pmu.wrmsr(address, 1);
                assertEquals(1, second.rdmsr(address) & 1, register::name);
            }
        }
    }
}
