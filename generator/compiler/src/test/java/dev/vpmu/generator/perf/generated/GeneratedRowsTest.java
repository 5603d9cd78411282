package dev.vpmu.generator.perf.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.generator.emit.Effort;
import dev.vpmu.runtime.cpu.PmuEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What generated perf says of events is what the rows of the model say. */
class GeneratedRowsTest {

    private static final int CONFIGS = Effort.of(1_000, 5_000);
    private static final long SEED = Long.getLong("vpmu.seed", 3_000);

    static Stream<PerfCpu> cpus() {
        return PerfCpus.all().stream();
    }

    private static Supplier<String> about(PerfCpu cpu, long config, int precise) {
        return () -> cpu + ", config 0x" + Long.toHexString(config) + ", precise " + precise + ", " + cpu.how();
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void theConstraintsAllowWhatTheFirstRowAndThoseWithinLeave(PerfCpu cpu) {
        RowsByHand rows = new RowsByHand(cpu);
        for (boolean smt : new boolean[] {true, false}) {
            PerfHooks hooks = cpu.hooks(cpu.hardware(smt), smt);
            long there = hooks.geometry().counters();
            DrawnConfigs configs = new DrawnConfigs(cpu, SEED);
            for (int i = 0; i < CONFIGS; i++) {
                long config = configs.next();
                int precise = configs.precise();
                assertEquals(rows.allowed(config, precise, there), hooks.allowed(config, precise) & there, about(cpu, config, precise));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void theTraitsAreThoseOfTheRowThatDecides(PerfCpu cpu) {
        RowsByHand rows = new RowsByHand(cpu);
        PerfHooks hooks = cpu.hooks(cpu.hardware(false), false);
        DrawnConfigs configs = new DrawnConfigs(cpu, SEED);
        for (int i = 0; i < CONFIGS; i++) {
            long config = configs.next();
            int precise = configs.precise();
            assertEquals(rows.traits(config, precise, hooks.geometry().fixed()), hooks.traits(config, precise), about(cpu, config, precise));
            assertEquals(rows.partner(config, precise), hooks.partner(config, precise), about(cpu, config, precise));
        }
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void theSmallestPeriodIsThatOfTheFirstRow(PerfCpu cpu) {
        RowsByHand rows = new RowsByHand(cpu);
        PerfHooks hooks = cpu.hooks(cpu.hardware(false), false);
        DrawnConfigs configs = new DrawnConfigs(cpu, SEED);
        for (int i = 0; i < CONFIGS; i++) {
            long config = configs.next();
            int precise = configs.precise();
            assertEquals(rows.period(config, precise).map(PeriodModel::minimum).orElse(0L), hooks.leastPeriod(config, precise), about(cpu, config, precise));
            assertEquals(rows.period(config, precise).map(row -> Bits.mask(0, row.zeroBits())).orElse(0L), hooks.zeroBitsOfPeriod(config, precise), about(cpu, config, precise));
        }
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void extraRowsAreNumberedThroughAllExtras(PerfCpu cpu) {
        RowsByHand rows = new RowsByHand(cpu);
        PerfHooks hooks = cpu.hooks(cpu.hardware(false), false);
        List<Integer> registers = new ArrayList<>();
        DrawnConfigs configs = new DrawnConfigs(cpu, SEED);
        for (RowsByHand.Extra extra : rows.extras()) {
            int row = extra.number();
            Supplier<String> about = () -> cpu + ", row " + row + ", " + cpu.how();
            if (!registers.contains((int) extra.register().address())) {
                registers.add((int) extra.register().address());
            }
            assertEquals((int) extra.register().address(), hooks.extraAddress(row), about);
            assertEquals(registers.indexOf((int) extra.register().address()), hooks.extraRegister(row), about);
            assertEquals(extra.row().validBits() & extra.register().writableMaskOfIndex().get(0), hooks.extraValid(row), about);
            assertEquals(extra.row().counters(), hooks.extraCounters(row), about);
            assertEquals(extra.next(), hooks.nextExtraRow(row), about);
            assertEquals(extra.isShared(), hooks.isExtraShared(row), about);
            long config = configs.next();
            long other = hooks.extraConfig(row, config);
            if (hooks.extraRow(other) >= 0) {
                assertEquals(extra.row().code(), rows.number(other, FieldRole.EVENT_CODE), about);
                assertEquals(extra.row().umask(), rows.number(other, FieldRole.UNIT_MASK), about);
            }
            long event = cpu.selectorFields().stream().filter(field -> field.role() == FieldRole.EVENT_CODE || field.role() == FieldRole.UNIT_MASK)
                    .mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
            assertEquals(config & ~event, other & ~event, about);
        }
        assertEquals(registers.size(), hooks.extraRegisters(), cpu::how);
        for (int i = 0; i < CONFIGS; i++) {
            long config = configs.next();
            assertEquals(rows.extraRow(config), hooks.extraRow(config), about(cpu, config, 0));
        }
    }

    @Test
    void someOfTheRowsHaveEveryTrait() {
        int seen = 0;
        for (PerfCpu cpu : PerfCpus.all()) {
            PerfHooks hooks = cpu.hooks(cpu.hardware(false), false);
            DrawnConfigs configs = new DrawnConfigs(cpu, SEED);
            for (int i = 0; i < 100; i++) {
                seen |= hooks.traits(configs.next(), configs.precise());
            }
        }
        assertEquals(RowsByHand.OVERLAPPING | RowsByHand.EXCLUSIVE | RowsByHand.PAIRED, seen);
    }

    @Test
    void broadwellsEventsCanBeWhereTheirTableSays() {
        PerfCpu cpu = PerfCpus.broadwell();
        PerfHooks hooks = cpu.hooks(cpu.hardware(false), false);
        int programmable = 0;
        for (PmuEvent event : cpu.door().events().all()) {
            if (event.kind() == PmuEvent.Kind.PROGRAMMABLE) {
                programmable++;
                assertEquals(0, event.counters() & ~hooks.allowed(event.encoding(), 0), event.name());
                assertNotEquals(0, event.counters(), event.name());
            }
        }
        assertTrue(programmable > 300, programmable + " programmable events");
    }

    @Test
    void broadwellHasNoRowThatStandsInAnothersWay() {
        PerfCpu cpu = PerfCpus.broadwell();
        PerfHooks hooks = cpu.hooks(cpu.hardware(true), true);
        for (PmuEvent event : cpu.door().events().all()) {
            assertEquals(0, event.kind() == PmuEvent.Kind.PROGRAMMABLE ? hooks.traits(event.encoding(), 0) : 0, event.name());
        }
    }
}
