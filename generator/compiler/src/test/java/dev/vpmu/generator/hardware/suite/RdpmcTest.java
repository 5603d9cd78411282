package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RdpmcModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** RDPMC: which ECX there is, who may ask, and what comes back (domain.md §2.8). */
class RdpmcTest {

    /** What RDPMC gives in ring 0 for each ECX that it takes, by what the model says. */
    private static Map<Integer, Long> readable(Bench bench) {
        TestedCpu cpu = bench.cpu;
        RdpmcModel fields = cpu.cpu().rdpmc().orElseThrow();
        Map<Integer, Long> readable = new TreeMap<>();
        for (RegisterModel value : cpu.globals().registers(RegisterRole.VALUE)) {
            BankModel bank = cpu.cpu().bank(value.bank().orElseThrow()).orElseThrow();
            for (int index : cpu.indexes(bank)) {
                long word = bench.pmu.rdmsr((int) value.addressOf(index));
                if (fields.type().isEmpty()) {
                    put(readable, fields, 0, bank.firstIndex().getAsInt() + index, word);
                } else if (bank.rdpmcType().isPresent()) {
                    put(readable, fields, bank.rdpmcType().getAsInt(), index, word);
                }
            }
        }
        for (RegisterModel register : cpu.cpu().registers()) {
            if (fields.type().isPresent() && register.rdpmcType().isPresent()) {
                for (int index : register.bank().isEmpty() ? Set.of(0) : Set.copyOf(cpu.indexes(cpu.cpu().bank(register.bank().get()).orElseThrow()))) {
                    put(readable, fields, register.rdpmcType().getAsInt(), index, new WordPart(register, index, cpu.smt(), 0).reset());
                }
            }
        }
        return readable;
    }

    private static void put(Map<Integer, Long> readable, RdpmcModel fields, int type, int index, long word) {
        if (Bits.fits(index, fields.index().width()) && (fields.type().isEmpty() || Bits.fits(type, fields.type().get().width()))) {
            readable.put(ecx(fields, type, index), word);
        }
    }

    private static int ecx(RdpmcModel fields, int type, int index) {
        return (int) (fields.type().map(bits -> (long) type << bits.low()).orElse(0L) | (long) index << fields.index().low());
    }

    /** How to ask for a counter, if its type and index have room. */
    private static OptionalInt ecx(RdpmcModel fields, TestedCounter counter) {
        int index = fields.type().isEmpty() ? counter.globalIndex() : counter.index();
        int type = counter.bank().rdpmcType().orElse(0);
        boolean possible = Bits.fits(index, fields.index().width())
                && fields.type().map(bits -> counter.bank().rdpmcType().isPresent() && Bits.fits(type, bits.width())).orElse(true);
        return possible ? OptionalInt.of(ecx(fields, type, index)) : OptionalInt.empty();
    }

    /** Every kind of type with every kind of index, and bits that are neither. */
    private static Set<Integer> asked(Bench bench) {
        RdpmcModel fields = bench.cpu.cpu().rdpmc().orElseThrow();
        Set<Integer> types = new TreeSet<>(Set.of(0));
        fields.type().ifPresent(bits -> {
            for (int bit = 0; bit < bits.width(); bit++) {
                types.add(1 << bit);
            }
            int all = (int) Bits.mask(0, bits.width());
            types.addAll(Set.of(all, 0xC000 & all));
            bench.cpu.cpu().banks().forEach(bank -> bank.rdpmcType().ifPresent(type -> types.addAll(Set.of(type, type + 1, type - 1 & all))));
        });
        Set<Integer> asked = new TreeSet<>();
        for (int type : types) {
            for (int index = 0; index <= 70; index++) {
                asked.add(ecx(fields, type, index));
            }
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                asked.add(ecx(fields, type, 0) ^ 1 << bit);
                asked.add(ecx(fields, type, 1) ^ 1 << bit);
            }
        }
        asked.add(-1);
        return asked;
    }

    /** Gives the counters values that differ, as far as they can be written. */
    private static Bench withValues(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        long value = 0x11;
        for (RegisterModel register : cpu.globals().registers(RegisterRole.VALUE)) {
            BankModel bank = cpu.cpu().bank(register.bank().orElseThrow()).orElseThrow();
            for (int index : cpu.indexes(bank)) {
                bench.pmu.wrmsr((int) register.addressOf(index), value++ & Bits.mask(0, bank.width()));
            }
        }
        return bench;
    }

    @OnEveryCpu(value = "HW-8 of all types and indexes those of existing counters read their value, and all others fault", needs = Need.RDPMC)
    void typesAndIndexes(TestedCpu cpu) {
        Bench bench = withValues(cpu);
        Map<Integer, Long> readable = readable(bench);
        Set<Integer> asked = asked(bench);
        asked.addAll(readable.keySet());
        for (int ecx : asked) {
            assertReads(bench, ecx, readable.get(ecx));
        }
    }

    private static void assertReads(Bench bench, int ecx, Long expected) {
        if (expected == null) {
            bench.assertFaults(() -> bench.pmu.rdpmc(ecx));
        } else {
            assertEquals(expected, bench.pmu.rdpmc(ecx), () -> "ECX 0x" + Integer.toHexString(ecx));
        }
    }

    @OnEveryCpu(value = "HW-8 in protected mode outside ring 0 only CR4.PCE allows it, whichever counter is asked", needs = Need.RDPMC)
    void privilege(TestedCpu cpu) {
        Bench bench = withValues(cpu);
        hideNothing(bench);
        Map<Integer, Long> readable = readable(bench);
        Set<Integer> asked = asked(bench);
        asked.addAll(readable.keySet());
        for (int cpl = 0; cpl < 4; cpl++) {
            for (boolean pce : new boolean[] {false, true}) {
                for (boolean pe : new boolean[] {false, true}) {
                    bench.pmu.privilege(cpl, pce, pe);
                    boolean allowed = cpl == 0 || pce || !pe;
                    for (int ecx : asked) {
                        assertReads(bench, ecx, allowed ? readable.get(ecx) : null);
                    }
                }
            }
        }
    }

    /** Some selectors hide their counter from user mode when they come out of reset. */
    private static void hideNothing(Bench bench) {
        for (BankModel bank : bench.cpu.cpu().banks()) {
            if (bank.firstIndex().isPresent()) {
                bench.cpu.indexes(bank).forEach(index -> Control.of(bench.cpu.cpu(), bench.cpu.smt(), bank, index).ifPresent(control -> {
                    WordPart hides = control.part(FieldRole.USER_READ_DISABLE);
                    if (hides.mask() != 0 && bench.read(hides) != 0) {
                        bench.write(hides, 0);
                    }
                }));
            }
        }
    }

    @OnEveryCpu(value = "HW-8 a counter with user read disable reads 0 outside ring 0", needs = {Need.RDPMC, Need.USER_READ_DISABLE})
    void userReadDisable(TestedCpu cpu) {
        RdpmcModel fields = cpu.cpu().rdpmc().orElseThrow();
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters(FieldRole.USER_READ_DISABLE)) {
            bench.value(counter, counter.mask());
            OptionalInt asked = ecx(fields, counter);
            if (asked.isPresent()) {
                int ecx = asked.getAsInt();
                for (int cpl = 0; cpl < 4; cpl++) {
                    bench.pmu.privilege(cpl, true, true);
                    bench.program(counter, Setting.USER_READ_DISABLE);
                    assertEquals(cpl == 0 ? counter.mask() : 0, bench.pmu.rdpmc(ecx), counter::toString);
                    bench.stop(counter);
                    assertEquals(counter.mask(), bench.pmu.rdpmc(ecx), counter::toString);
                }
            }
        }
    }

    @OnEveryCpu(value = "HW-8 on an architectural PMU type 0 is the general counters, 0x4000 the fixed ones; bits 30 and 31 are no flags", needs = Need.INTEL)
    void architecturalTypes(TestedCpu cpu) {
        Bench bench = withValues(cpu);
        for (int index = 0; index < 10; index++) {
            int ecx = index;
            boolean general = cpu.indexes(cpu.cpu().bank("gp").orElseThrow()).contains(index);
            boolean fixed = cpu.cpu().bank("fixed").map(bank -> cpu.indexes(bank).contains(ecx)).orElse(false);
            assertReads(bench, ecx, general ? bench.pmu.rdmsr(0xC1 + index) : null);
            assertReads(bench, 0x4000_0000 | ecx, fixed ? bench.pmu.rdmsr(0x309 + index) : null);
            for (int type : new int[] {0x8000_0000, 0xC000_0000, 0x2000_0000, 0x0001_0000, 0x4001_0000}) {
                assertReads(bench, type | ecx, null);
            }
        }
    }
}
