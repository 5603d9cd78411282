package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.List;

/** What the register of usage shows (domain.md §2.3, INUSE). */
class UsageTest {

    private static final int INUSE = 0x392;

    private static void assertUsed(boolean expected, Bench bench, TestedCounter counter, String when) {
        for (WordPart part : bench.cpu.globals().ofCounter(RegisterRole.USAGE, FieldRole.IN_USE, counter.bank(), counter.index())) {
            assertEquals(expected ? part.mask() : 0, bench.read(part), () -> counter + " " + when);
        }
    }

    private static void assertAnyInterrupt(boolean expected, Bench bench, String when) {
        for (WordPart part : bench.cpu.globals().single(RegisterRole.USAGE, FieldRole.ANY_INTERRUPT)) {
            assertEquals(expected ? part.mask() : 0, bench.read(part), when);
        }
    }

    @OnEveryCpu(value = "HW-10 a counter is in use iff its event code is not 0, or, where it has none, iff it has a mode", needs = {Need.USAGE, Need.COUNTERS})
    void inUse(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter used : cpu.all()) {
            cpu.all().stream().filter(TestedCounter::isProgrammable).forEach(counter -> bench.programEvent(counter));
            cpu.all().forEach(counter -> assertUsed(false, bench, counter, "at rest"));
            if (used.isProgrammable()) {
                bench.start(used);
                assertOnly(bench, used);
                bench.programEvent(used, Setting.code(used.code()));
                assertOnly(bench, used);
                bench.programEvent(used, Setting.KERNEL);
                assertUsed(false, bench, used, "with a mode alone");
            } else {
                List.of(Setting.KERNEL, Setting.USER).stream().filter(mode -> used.has(mode.role())).forEach(mode -> {
                    bench.program(used, mode);
                    assertOnly(bench, used);
                });
                if (used.has(FieldRole.INTERRUPT_ENABLE)) {
                    bench.program(used, Setting.INTERRUPT);
                    assertUsed(false, bench, used, "with its interrupt enable alone");
                }
            }
            bench.rest();
        }
    }

    private static void assertOnly(Bench bench, TestedCounter used) {
        bench.cpu.all().forEach(counter -> assertUsed(counter == used, bench, counter, "while only " + used + " is used"));
    }

    @OnEveryCpu(value = "HW-10 any interrupt is set iff some counter's interrupt enable is, or a precise enable", needs = {Need.USAGE, Need.INTERRUPTS})
    void anyInterrupt(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        List<RegisterModel> precise = cpu.globals().registers(RegisterRole.PRECISE_ENABLE).stream()
                .filter(register -> register.bank().isEmpty() && new WordPart(register, 0, cpu.smt(), 1).settable()).toList();
        boolean quiet = cpu.globals().registers(RegisterRole.PRECISE_ENABLE).stream().allMatch(register -> register.resetValue() == 0);
        for (TestedCounter counter : quiet ? cpu.counters(FieldRole.INTERRUPT_ENABLE) : List.<TestedCounter>of()) {
            bench.program(counter);
            assertAnyInterrupt(false, bench, "before " + counter + " asks");
            List<Long> before = words(bench);
            bench.program(counter, Setting.INTERRUPT);
            assertAnyInterrupt(true, bench, counter + " asks");
            assertEquals(before, words(bench), () -> counter + " asks, and nothing else has changed");
            bench.stop(counter);
        }
        for (RegisterModel register : quiet ? precise : List.<RegisterModel>of()) {
            bench.pmu.wrmsr((int) register.address(), 1);
            assertAnyInterrupt(true, bench, register.name());
            bench.pmu.wrmsr((int) register.address(), 0);
            assertAnyInterrupt(false, bench, register.name());
        }
    }

    /** The registers of usage without their bit for any interrupt. */
    private static List<Long> words(Bench bench) {
        Globals globals = bench.cpu.globals();
        return globals.registers(RegisterRole.USAGE).stream().map(register -> bench.pmu.rdmsr((int) register.address())
                & ~globals.single(RegisterRole.USAGE, FieldRole.ANY_INTERRUPT).stream().filter(part -> part.register().equals(register))
                .mapToLong(WordPart::mask).reduce(0, (a, b) -> a | b)).toList();
    }

    @OnEveryCpu(value = "HW-10 INUSE of an Intel CPU by hand", needs = Need.INTEL_VERSION_4)
    void byHand(TestedCpu cpu) {
        Bench bench = Bench.afterReset(cpu);
        assertEquals(0, bench.pmu.rdmsr(INUSE));
        bench.pmu.wrmsr(0x187, 0x3C);
        assertEquals(2, bench.pmu.rdmsr(INUSE), "an event, though not enabled");
        bench.pmu.wrmsr(0x186, 0x43_0100);
        assertEquals(2, bench.pmu.rdmsr(INUSE), "no event code, though enabled");
        bench.pmu.wrmsr(0x38D, 0x80);
        assertEquals(0x8000_0000_0000_0002L, bench.pmu.rdmsr(INUSE), "PMI alone does not use fixed counter 1");
        bench.pmu.wrmsr(0x38D, 0x23);
        assertEquals(0x3_0000_0002L, bench.pmu.rdmsr(INUSE));
        bench.pmu.wrmsr(0x186, 0x10_0000);
        assertEquals(0x8000_0003_0000_0002L, bench.pmu.rdmsr(INUSE));
    }
}
