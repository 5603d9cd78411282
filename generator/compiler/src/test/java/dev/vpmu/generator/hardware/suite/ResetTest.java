package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vpmu.dsl.model.AddressModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What every register holds after reset, whatever was before (domain.md §2.3, §14.5). */
class ResetTest {

    /** IA32_PERF_CAPABILITIES: full-width writes are bit 13, freezing in SMM 12, the PEBS baseline 14, metrics 15; LBR and PEBS formats below. */
    private static final Map<String, Map<Long, Long>> CAPABILITIES = Map.of("BroadwellEP", Map.of(0x345L, 0x3244L), "SmallV4", Map.of(0x345L, 0x2000L),
            "PlainV4", Map.of(0x345L, 0x1000L), "SmallV5", Map.of(0x345L, 0xE000L));

    /** What a register's element shows after reset; of usage, its bits that follow from nothing else. */
    private static long expected(TestedCpu cpu, AddressModel element) {
        RegisterModel register = cpu.register(element);
        if (register.read() instanceof ReadRule.Constant constant) {
            return constant.value();
        }
        RegisterModel stored = register.aliasOf().map(name -> cpu.cpu().register(name).orElseThrow()).orElse(register);
        return new WordPart(stored, element.index(), cpu.smt(), 0).reset() & ~cpu.computed(register);
    }

    private static void assertReset(TestedCpu cpu, PmuUnderTest pmu) {
        for (AddressModel element : cpu.elements()) {
            long ignored = cpu.computed(cpu.register(element));
            assertEquals(expected(cpu, element), pmu.rdmsr((int) element.address()) & ~ignored, () -> element.register() + "[" + element.index() + "]");
        }
        assertEquals(Bench.MASKED, pmu.lvtpc());
        assertFalse(pmu.pmiPending());
    }

    /** Writes everything, counts, overflows, waits for a PMI, leaves ring 0, and writes everything again. */
    private static void use(Bench bench, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Step step = bench.steady(1000);
        bench.pmu.pmiSkid(10_000);
        for (int round = 0; round < 20; round++) {
            writeEverything(bench, random);
            bench.pmu.lvtpc(Bench.NMI);
            bench.pmu.run(step, random.nextInt(1000));
        }
        List<TestedCounter> asking = bench.cpu.counters(FieldRole.INTERRUPT_ENABLE);
        if (!asking.isEmpty()) {
            bench.rest();
            bench.cpu.counters(FieldRole.EDGE_DETECT).forEach(counter -> bench.start(counter, Setting.EDGE));
            bench.start(asking.get(0), Setting.INTERRUPT);
            bench.before(asking.get(0), 1);
            bench.pmu.lvtpc(Bench.NMI);
            bench.pmu.run(step, 0);
        }
        bench.pmu.privilege(3, false, true);
        writeEverything(bench, random);
    }

    private static void writeEverything(Bench bench, SplittableRandom random) {
        for (AddressModel element : bench.cpu.elements()) {
            long writable = new WordPart(bench.cpu.register(element), element.index(), bench.cpu.smt(), 0).writable();
            long value = random.nextBoolean() ? writable : random.nextLong() & (random.nextBoolean() ? writable : -1);
            try {
                bench.pmu.wrmsr((int) element.address(), value);
            } catch (GeneralProtectionFault refused) {
                // what it does not take it need not forget
            }
        }
    }

    @OnEveryCpu(value = "HW-11 every register has its reset value after power-on", needs = Need.REGISTERS)
    void afterPowerOn(TestedCpu cpu) {
        assertReset(cpu, cpu.pmu());
    }

    @OnEveryCpu(value = "HW-11 a used PMU is after reset as a new one: registers, LVTPC, no PMI there or on its way, RDPMC allowed", needs = Need.REGISTERS)
    void afterUse(TestedCpu cpu) {
        for (long seed = 0; seed < 5; seed++) {
            Bench bench = Bench.afterReset(cpu);
            use(bench, seed);
            bench.pmu.reset();
            assertReset(cpu, bench.pmu);
            PmuUnderTest fresh = cpu.pmu();
            cpu.elements().forEach(element -> assertEquals(fresh.rdmsr((int) element.address()), bench.pmu.rdmsr((int) element.address()), element::register));
            if (Need.INTEL.isMetBy(cpu)) {
                assertEquals(0, bench.pmu.rdpmc(0));
            }
            assertEquals(20_000, bench.pmu.run(Step.of(20_000).build(), 0), "no PMI was on its way");
        }
    }

    @OnEveryCpu("HW-11 a used PMU counts after reset as a new one: clocks and edge detectors have no memory")
    void countsAsNew(TestedCpu cpu) {
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
    void byHand(TestedCpu cpu) {
        Map<Long, Long> notZero = new TreeMap<>();
        if (cpu.cpu().version() >= 2) {
            notZero.put(0x38FL, (1L << cpu.indexes(cpu.cpu().bank("gp").orElseThrow()).size()) - 1);
            notZero.put(0x1A0L, 0x80L);
        }
        notZero.putAll(CAPABILITIES.getOrDefault(cpu.cpu().name(), Map.of()));
        cpu.elements().forEach(element -> assertEquals(notZero.getOrDefault(element.address(), 0L), cpu.pmu().rdmsr((int) element.address()),
                () -> Long.toHexString(element.address())));
    }
}
