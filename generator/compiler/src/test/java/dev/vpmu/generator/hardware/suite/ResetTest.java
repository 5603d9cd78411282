package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What every register holds after reset, whatever was before (domain.md §2.3, §14.5). */
class ResetTest {

    private static List<AddressModel> elements(Subject cpu) {
        return cpu.cpu().addresses().stream().filter(element -> !cpu.smt() || !element.withoutSmtOnly()).toList();
    }

    private static RegisterModel register(Subject cpu, String name) {
        return cpu.cpu().register(name).orElseThrow();
    }

    /** What a register's element shows after reset; of usage, its bits that follow from nothing else. */
    private static long expected(Subject cpu, AddressModel element) {
        RegisterModel register = register(cpu, element.register());
        if (register.read() instanceof ReadRule.Constant constant) {
            return constant.value();
        }
        RegisterModel stored = register.aliasOf().map(name -> register(cpu, name)).orElse(register);
        return new WordPart(stored, element.index(), cpu.smt(), 0).reset() & ~computed(cpu, register);
    }

    private static long computed(Subject cpu, RegisterModel register) {
        if (register.role() != RegisterRole.USAGE || register.layout().isEmpty()) {
            return 0;
        }
        return cpu.cpu().layout(register.layout().get()).orElseThrow().fields().stream()
                .filter(field -> field.role() == FieldRole.IN_USE || field.role() == FieldRole.ANY_INTERRUPT)
                .flatMapToLong(field -> field.array().map(place -> place.indexes().stream().mapToLong(field::maskOf))
                        .orElseGet(() -> LongStream.of(field.maskOf(0)))).reduce(0, (a, b) -> a | b);
    }

    private static void assertReset(Subject cpu, PmuUnderTest pmu) {
        for (AddressModel element : elements(cpu)) {
            long ignored = computed(cpu, register(cpu, element.register()));
            assertEquals(expected(cpu, element), pmu.rdmsr((int) element.address()) & ~ignored, () -> element.register() + "[" + element.index() + "]");
        }
        assertEquals(Bench.MASKED, pmu.lvtpc());
        assertFalse(pmu.pmiPending());
    }

    /** Writes everything, counts, overflows, waits for a PMI, and leaves ring 0. */
    private static void use(Bench bench, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Step step = bench.steady(1000);
        bench.pmu.pmiSkid(10_000);
        for (int round = 0; round < 20; round++) {
            for (AddressModel element : elements(bench.cpu)) {
                long value = random.nextBoolean() ? -1 : random.nextLong() >>> random.nextInt(Long.SIZE);
                try {
                    bench.pmu.wrmsr((int) element.address(), value);
                } catch (GeneralProtectionFault refused) {
                    // what it does not take it need not forget
                }
            }
            bench.pmu.lvtpc(Bench.NMI);
            bench.pmu.run(step, random.nextInt(1000));
        }
        List<TestedCounter> asking = bench.cpu.counters(FieldRole.INTERRUPT_ENABLE);
        if (!asking.isEmpty()) {
            bench.rest();
            bench.start(asking.get(0), Setting.INTERRUPT);
            bench.before(asking.get(0), 1);
            bench.pmu.lvtpc(Bench.NMI);
            bench.pmu.run(step, 0);
        }
        bench.pmu.privilege(3, false, true);
    }

    @OnEveryCpu(value = "HW-11 every register has its reset value after power-on", needs = Need.REGISTERS)
    void afterPowerOn(Subject cpu) {
        assertReset(cpu, cpu.pmu());
    }

    @OnEveryCpu(value = "HW-11 a used PMU is after reset as a new one: registers, LVTPC, no PMI there or on its way, RDPMC allowed", needs = Need.REGISTERS)
    void afterUse(Subject cpu) {
        for (long seed = 0; seed < 5; seed++) {
            Bench bench = Bench.afterReset(cpu);
            use(bench, seed);
            bench.pmu.reset();
            assertReset(cpu, bench.pmu);
            PmuUnderTest fresh = cpu.pmu();
            elements(cpu).forEach(element -> assertEquals(fresh.rdmsr((int) element.address()), bench.pmu.rdmsr((int) element.address()), element::register));
            if (Need.INTEL.isMetBy(cpu)) {
                assertEquals(0, bench.pmu.rdpmc(0));
            }
            assertEquals(20_000, bench.pmu.run(Step.of(20_000).build(), 0), "no PMI was on its way");
        }
    }

    @OnEveryCpu("HW-11 a used PMU counts after reset as a new one: clocks and edge detectors have no memory")
    void countsAsNew(Subject cpu) {
        for (long seed = 0; seed < 3; seed++) {
            Bench used = Bench.afterReset(cpu);
            use(used, seed);
            used.pmu.reset();
            used.pmu.pmiSkid(0);
            used.rest();
            Bench fresh = Bench.atRest(cpu);
            for (TestedCounter counter : cpu.all()) {
                assertEquals(counted(fresh, counter), counted(used, counter), counter::toString);
            }
        }
    }

    private static long counted(Bench bench, TestedCounter counter) {
        bench.start(counter, counter.has(FieldRole.EDGE_DETECT) ? new Setting[] {Setting.EDGE} : new Setting[0]);
        bench.value(counter, 0);
        bench.run(bench.steady(7));
        bench.stop(counter);
        return bench.value(counter);
    }

    @OnEveryCpu(value = "HW-11 reset values of an Intel CPU by hand: all 0 but the general counters' global bits and what says which features there are",
            needs = Need.INTEL)
    void byHand(Subject cpu) {
        Map<Long, Long> notZero = new TreeMap<>();
        if (cpu.cpu().version() >= 2) {
            notZero.put(0x38FL, (1L << cpu.indexes(cpu.cpu().bank("gp").orElseThrow()).size()) - 1);
            notZero.put(0x1A0L, 0x80L);
            // full-width writes; on Broadwell LBR format 4, PEBS trap, PEBS format 2 and freezing in SMM as well
            notZero.put(0x345L, cpu.cpu().name().equals("BroadwellEP") ? 0x3244L : 0x2000L);
        }
        elements(cpu).forEach(element -> assertEquals(notZero.getOrDefault(element.address(), 0L), cpu.pmu().rdmsr((int) element.address()),
                () -> Long.toHexString(element.address())));
    }
}
