package dev.vpmu.generator.perf.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated perf on generated hardware: overflows of every counter of every CPU arrive, and nothing of what is counted is lost. */
class GeneratedOverflowTest {

    private static final int CYCLES = 20_000;
    private static final int OCCURRENCES = 3_000;
    private static final int PERIOD = 100;

    static Stream<PerfCpu> cpus() {
        return PerfCpus.all().stream().filter(cpu -> !cpu.toString().startsWith("rows."));
    }

    private static String about(PerfCpu cpu, boolean smt, int counter) {
        return cpu + (smt ? " with" : " without") + " SMT, counter " + counter + ", " + cpu.how();
    }

    /** A selector word for an event that is no clock's and needs no extra register, which the counter can be told. */
    private static OptionalLong config(PerfCpu cpu, int counter, int code) {
        boolean isPlain = cpu.model().clockEvents().stream().noneMatch(event -> event.code() == code && event.umask() == 0)
                && cpu.model().extras().stream().flatMap(extra -> extra.rows().stream()).noneMatch(row -> row.code() == code && row.umask() == 0);
        long word = 0;
        long held = 0;
        for (FieldModel field : cpu.controlFields(counter)) {
            if (field.role() == FieldRole.EVENT_CODE) {
                word |= (code >>> field.roleLow() & Bits.mask(0, field.width())) << field.low();
                held |= Bits.mask(field.roleLow(), field.width());
            }
        }
        return isPlain && (code & ~held) == 0 && (word & ~cpu.controlWritable(counter)) == 0 ? OptionalLong.of(word) : OptionalLong.empty();
    }

    /** An event that is counted on the counter, and the name of what occurs; empty if it only counts a clock's ticks. */
    private record Countable(EventAttributes.Builder attributes, long occurrence) {
    }

    private static Optional<Countable> countable(PerfCpu cpu, int counter) {
        if (cpu.isFixed(counter)) {
            CountedEvent event = cpu.model().fixedEvents().stream().filter(fixed -> fixed.globalIndex() == counter).findFirst().orElseThrow().event();
            return event instanceof CountedEvent.Ticks ? Optional.empty() : Optional.of(new Countable(EventAttributes.onCounter("fixed " + counter, counter, 0),
                    event instanceof CountedEvent.Occurrences other ? Step.event(other.code(), other.umask()) : Step.eventOfCounter(counter)));
        }
        PerfHooks hooks = cpu.hooks(cpu.hardware(false), false);
        for (int code = 1; code < 256; code++) {
            OptionalLong config = config(cpu, counter, code);
            if (config.isPresent() && (hooks.allowed(config.getAsLong(), 0) >>> counter & 1) != 0 && hooks.traits(config.getAsLong(), 0) == 0
                    && hooks.leastPeriod(config.getAsLong(), 0) <= PERIOD && (hooks.zeroBitsOfPeriod(config.getAsLong(), 0) & PERIOD) == 0) {
                return Optional.of(new Countable(EventAttributes.of("code " + code, config.getAsLong()).counters(1L << counter), Step.event(code, 0)));
            }
        }
        return Optional.empty();
    }

    /** Takes what a drawn reset leaves in the way: counters that run, and a status that freezes. */
    private static void bringToRest(PerfCore perf, PmuHardware hardware) {
        PerfHooks hooks = new PerfHooks(perf);
        hooks.handlePmi(false);
        hooks.counters().forEach(counter -> hooks.stop(counter, 0));
        hardware.takePmi();
    }

    /** Whether counters stand still for ever, or until somebody clears what software of this CPU cannot. */
    private static boolean isFrozen(PerfCpu cpu, PmuHardware hardware) {
        return cpu.model().registers().stream().anyMatch(register -> register.role() == RegisterRole.STATUS && register.aliasOf().isEmpty() && register.layout().isPresent()
                && cpu.layout(register).fields().stream().anyMatch(field -> field.role() == FieldRole.COUNTERS_FROZEN
                        && (hardware.rdmsr((int) register.address()) & field.maskOf(0)) != 0))
                || cpu.model().freezes().stream().anyMatch(freeze -> (hardware.rdmsr((int) cpu.model().register(freeze.flagRegister()).orElseThrow().address()) & freeze.flagMask()) != 0);
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void everySampleIsTakenAndNothingIsLost(PerfCpu cpu) {
        for (boolean smt : new boolean[] {true, false}) {
            for (int counter : cpu.hooks(cpu.hardware(smt), smt).counters()) {
                Optional<Countable> countable = countable(cpu, counter);
                if (countable.isPresent()) {
                    run(cpu, smt, counter, countable.get());
                }
            }
        }
    }

    private static void run(PerfCpu cpu, boolean smt, int counter, Countable countable) {
        PmuHardware hardware = cpu.hardware(smt);
        PerfCore perf = cpu.perf(hardware, smt);
        bringToRest(perf, hardware);
        if (isFrozen(cpu, hardware)) {
            return;
        }
        long[] sampled = new long[1];
        PerfEvent event = perf.open(perf.cpuContext(), countable.attributes().period(PERIOD).build(), (sample, period) -> sampled[0] += period);
        assertEquals(counter, event.counter(), about(cpu, smt, counter));
        Step step = Step.of(CYCLES).uniform(countable.occurrence(), OCCURRENCES).build();
        int pmis = 0;
        for (long at = 0; at < CYCLES;) {
            at = hardware.run(step, at);
            if (hardware.takePmi()) {
                pmis++;
                perf.nmi();
            }
        }
        assertEquals(OCCURRENCES, event.read(), about(cpu, smt, counter));
        assertEquals(OCCURRENCES / PERIOD * PERIOD, sampled[0], about(cpu, smt, counter));
        assertTrue(pmis >= OCCURRENCES / PERIOD, about(cpu, smt, counter));
        perf.close(event);
        perf.tick();
        hardware.run(step, 0);
        assertEquals(OCCURRENCES, event.read(), about(cpu, smt, counter));
    }

    @ParameterizedTest
    @MethodSource("cpus")
    void clearStatusClearsACountersBitsAndNoOthers(PerfCpu cpu) {
        for (boolean smt : new boolean[] {true, false}) {
            PmuHardware hardware = cpu.hardware(smt);
            PerfHooks hooks = cpu.hooks(hardware, smt);
            for (RegisterModel status : cpu.model().registers().stream().filter(register -> register.role() == RegisterRole.STATUS && register.aliasOf().isEmpty()).toList()) {
                Optional<RegisterModel> set = cpu.model().registers().stream().filter(register -> register.write() instanceof WriteRule.SetBits bits
                        && bits.target().equals(status.name())).findFirst();
                if (set.isPresent() && isClearable(cpu, status)) {
                    long every = set.get().writableMaskOfIndex().get(0) & ~(smt ? set.get().withoutSmtMask() : 0);
                    for (int counter : hooks.counters()) {
                        hardware.wrmsr((int) set.get().address(), every);
                        long before = hardware.rdmsr((int) status.address());
                        hooks.clearStatus(1L << counter);
                        assertEquals(before & ~cpu.bits(status, FieldRole.OVERFLOW, counter), hardware.rdmsr((int) status.address()), about(cpu, smt, counter));
                    }
                }
            }
        }
    }

    /** Whether software can clear a status at all. */
    private static boolean isClearable(PerfCpu cpu, RegisterModel status) {
        return status.write() instanceof WriteRule.Checked || cpu.model().registers().stream().anyMatch(register -> register.write() instanceof WriteRule.ClearBits bits
                && bits.target().equals(status.name()));
    }

    @Test
    void manyCountersAreTried() {
        long tried = cpus().mapToLong(cpu -> cpu.hooks(cpu.hardware(false), false).counters().stream().filter(counter -> countable(cpu, counter).isPresent()).count()).sum();
        assertTrue(tried > 100, tried + " counters");
        assertNotEquals(0, cpus().filter(cpu -> cpu.hooks(cpu.hardware(false), false).geometry().gated() == 0).count());
    }
}
