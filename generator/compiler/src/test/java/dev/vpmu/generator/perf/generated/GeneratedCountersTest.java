package dev.vpmu.generator.perf.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.CounterGeometry;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated perf programs, reads and writes the counters of generated hardware as the model says where their bits are. */
class GeneratedCountersTest {

    private static final long SEED = Long.getLong("vpmu.seed", 3_000);
    private static final int ROUNDS = 20;

    static Stream<PerfCpu> cpus() {
        return PerfCpus.all().stream().filter(cpu -> !cpu.toString().startsWith("rows."));
    }

    private static String about(PerfCpu cpu, boolean smt, int counter) {
        return cpu + (smt ? " with" : " without") + " SMT, counter " + counter + ", " + cpu.how();
    }

    /** The bits that an event can set in a counter's control register. */
    private static long settable(PerfCpu cpu, int counter) {
        return cpu.controlFields(counter).stream().filter(field -> !DrawnConfigs.isMode(field)).mapToLong(field -> field.maskOf(cpu.index(counter))).reduce(0, (a, b) -> a | b)
                & cpu.controlWritable(counter);
    }

    private static long all(PerfCpu cpu, int counter) {
        return cpu.controlFields(counter).stream().mapToLong((FieldModel field) -> field.maskOf(cpu.index(counter))).reduce(0, (a, b) -> a | b) & cpu.controlWritable(counter);
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void startTellsACounterItsEventAndItsModesAndChangesNoOther(PerfCpu cpu) {
        for (boolean smt : new boolean[] {true, false}) {
            PmuHardware hardware = cpu.hardware(smt);
            WatchedRegisters registers = new WatchedRegisters(hardware);
            PerfHooks hooks = new PerfHooks(cpu.perf(registers, hardware, smt));
            Random random = new Random(SEED);
            for (int round = 0; round < ROUNDS; round++) {
                for (int counter : hooks.counters()) {
                    String about = about(cpu, smt, counter);
                    long config = random.nextLong() & settable(cpu, counter);
                    int modes = random.nextInt(8);
                    int address = cpu.controlAddress(counter);
                    long others = hardware.rdmsr(address) & ~all(cpu, counter);
                    hooks.start(counter, config, modes);
                    long expected = config | cpu.controlBits(counter, FieldRole.ENABLE)
                            | ((modes & PerfHooks.USER) != 0 ? cpu.controlBits(counter, FieldRole.USER_MODE) : 0)
                            | ((modes & PerfHooks.KERNEL) != 0 ? cpu.controlBits(counter, FieldRole.KERNEL_MODE) : 0)
                            | ((modes & PerfHooks.INTERRUPT) != 0 ? cpu.controlBits(counter, FieldRole.INTERRUPT_ENABLE) : 0);
                    assertEquals(expected, hardware.rdmsr(address) & all(cpu, counter), about);
                    assertEquals(1, registers.writes().size(), about);
                    if (cpu.control(counter).bank().isEmpty()) {
                        assertEquals(others & cpu.controlWritable(counter), hardware.rdmsr(address) & ~all(cpu, counter) & cpu.controlWritable(counter), about);
                    }
                    if (random.nextBoolean()) {
                        hooks.stop(counter, config);
                        long off = cpu.controlBits(counter, FieldRole.ENABLE) | cpu.controlBits(counter, FieldRole.USER_MODE) | cpu.controlBits(counter, FieldRole.KERNEL_MODE);
                        assertEquals(0, hardware.rdmsr(address) & off, about);
                        assertEquals(1, registers.writes().size(), about);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void whatIsWrittenIsReadUpToTheLongestPeriod(PerfCpu cpu) {
        for (boolean smt : new boolean[] {true, false}) {
            PerfHooks hooks = cpu.hooks(cpu.hardware(smt), smt);
            Random random = new Random(SEED);
            for (int counter : hooks.counters()) {
                long mask = Bits.mask(0, hooks.width(counter));
                long longest = hooks.longestPeriod(counter);
                assertEquals(cpu.bank(counter).width(), hooks.width(counter), about(cpu, smt, counter));
                assertTrue(longest >= 2 && longest <= mask >>> 1, about(cpu, smt, counter));
                for (int i = 0; i < ROUNDS; i++) {
                    long value = -(i == 0 ? 0 : i == 1 ? longest : random.nextLong() & longest) & mask;
                    hooks.write(counter, value);
                    assertEquals(value, hooks.read(counter), about(cpu, smt, counter));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void countersAreEnabledWhereTheModelHasTheirBitsAndNowhereElse(PerfCpu cpu) {
        for (boolean smt : new boolean[] {true, false}) {
            PmuHardware hardware = cpu.hardware(smt);
            PerfHooks hooks = cpu.hooks(hardware, smt);
            CounterGeometry geometry = hooks.geometry();
            Random random = new Random(SEED);
            for (int i = 0; i < ROUNDS; i++) {
                long some = random.nextLong() & geometry.counters();
                hooks.enableAll(some, 0);
                for (int counter : hooks.counters()) {
                    List<RegisterModel> words = cpu.words(RegisterRole.ENABLE, FieldRole.ENABLE, counter);
                    assertEquals(!words.isEmpty(), (geometry.gated() >>> counter & 1) != 0, about(cpu, smt, counter));
                    for (RegisterModel word : words) {
                        long bits = cpu.bits(word, FieldRole.ENABLE, counter);
                        assertEquals((some >>> counter & 1) != 0 ? bits : 0, hardware.rdmsr((int) word.address()) & bits, about(cpu, smt, counter));
                    }
                }
                hooks.disableAll(0);
                for (int counter : hooks.counters()) {
                    cpu.words(RegisterRole.ENABLE, FieldRole.ENABLE, counter).forEach(word ->
                            assertEquals(0, hardware.rdmsr((int) word.address()) & cpu.bits(word, FieldRole.ENABLE, counter), about(cpu, smt, counter)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void theGeometryHasCountersThatExistAndTellsFixedOnesApart(PerfCpu cpu) {
        for (boolean smt : new boolean[] {true, false}) {
            PerfHooks hooks = cpu.hooks(cpu.hardware(smt), smt);
            CounterGeometry geometry = hooks.geometry();
            long there = cpu.model().banks().stream().mapToLong(bank -> bank.counters(smt)).reduce(0, (a, b) -> a | b);
            assertEquals(0, geometry.counters() & ~there, cpu::how);
            assertEquals(0, (geometry.fixed() | geometry.gated() | geometry.reservable() | geometry.precise()) & ~geometry.counters(), cpu::how);
            assertEquals(0, geometry.reservable() & ~geometry.gated(), cpu::how);
            for (int counter : hooks.counters()) {
                assertEquals(cpu.isFixed(counter), (geometry.fixed() >>> counter & 1) != 0, about(cpu, smt, counter));
            }
        }
    }

    @Test
    void aCounterThatIsNotThereIsAMistakeOfTheCaller() {
        PerfCpu cpu = PerfCpus.broadwell();
        PerfHooks hooks = cpu.hooks(cpu.hardware(true), true);
        assertThrows(IllegalArgumentException.class, () -> hooks.start(12, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> hooks.stop(35, 0));
        assertThrows(IllegalArgumentException.class, () -> hooks.read(31));
        assertThrows(IllegalArgumentException.class, () -> hooks.write(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> hooks.extraAddress(3));
    }

    @Test
    void onBroadwellEachStepIsTheWriteThatLinuxMakes() {
        PerfCpu cpu = PerfCpus.broadwell();
        PmuHardware hardware = cpu.hardware(false);
        WatchedRegisters registers = new WatchedRegisters(hardware);
        PerfHooks hooks = new PerfHooks(cpu.perf(registers, hardware, false));
        hooks.write(7, 0xFFFF_FFFF_0000L);
        hooks.write(33, 0x8000_0000_0000L);
        hooks.start(7, 0x0148, PerfHooks.USER | PerfHooks.INTERRUPT);
        hooks.start(33, 0x40, PerfHooks.USER | PerfHooks.KERNEL | PerfHooks.INTERRUPT);
        hooks.start(32, 0, PerfHooks.KERNEL);
        hooks.enableAll(0x2_0000_0081L, 0);
        hooks.enableAll(0x1, 0x1);
        hooks.disableAll(0x1);
        hooks.clearStatus(0x2_0000_0080L);
        hooks.stop(7, 0x0148);
        hooks.stop(33, 0x40);
        assertEquals(List.of(new WatchedRegisters.Write(0x4C8, 0xFFFF_FFFF_0000L), new WatchedRegisters.Write(0x30A, 0x8000_0000_0000L),
                new WatchedRegisters.Write(0x18D, 0x51_0148), new WatchedRegisters.Write(0x38D, 0xF0), new WatchedRegisters.Write(0x38D, 0xF1),
                new WatchedRegisters.Write(0x38F, 0x2_0000_0081L), new WatchedRegisters.Write(0x3F1, 1), new WatchedRegisters.Write(0x38F, 1),
                new WatchedRegisters.Write(0x38F, 0), new WatchedRegisters.Write(0x3F1, 0), new WatchedRegisters.Write(0x390, 0x2_0000_0080L),
                new WatchedRegisters.Write(0x18D, 0x0148), new WatchedRegisters.Write(0x38D, 0x1)), registers.writes());
    }
}
