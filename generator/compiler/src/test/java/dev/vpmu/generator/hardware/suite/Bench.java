package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.hardware.TransactionState;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.ArrayList;
import java.util.List;

/** One PMU under test, and software that programs it: everything goes through register accesses, at the places that the model says. */
final class Bench {

    static final int NMI = 0x400;
    static final int MASKED = 0x1_0000;

    final TestedCpu cpu;
    final PmuUnderTest pmu;

    private Bench(TestedCpu cpu) {
        this.cpu = cpu;
        pmu = cpu.pmu();
    }

    /** A PMU as it is after power-on. */
    static Bench afterReset(TestedCpu cpu) {
        return new Bench(cpu);
    }

    /** A PMU at rest: no counter is enabled, locally or globally, the status is clear, and no freeze is asked for. */
    static Bench atRest(TestedCpu cpu) {
        Bench bench = new Bench(cpu);
        if (!cpu.all().isEmpty()) {
            bench.rest();
        }
        return bench;
    }

    void rest() {
        cpu.cpu().freezes().forEach(freeze -> rest(cpu.globals().flag(freeze)));
        for (var bank : cpu.cpu().banks()) {
            if (bank.firstIndex().isPresent()) {
                cpu.indexes(bank).forEach(index -> Control.of(cpu.cpu(), cpu.smt(), bank, index).ifPresent(control -> rest(control.word())));
            }
        }
        cpu.all().forEach(counter -> enable(counter, false));
        cpu.all().stream().filter(cpu::isReporting).forEach(this::clearOverflow);
        cpu.globals().frozen().stream().filter(cpu.globals()::canClear).forEach(this::clear);
    }

    /* ------------------------------------------------------------- bits */

    long read(WordPart part) {
        return pmu.rdmsr(part.address()) & part.mask();
    }

    /** Writes the bits, and leaves the register's others as far as they can be written. */
    void write(WordPart part, long bits) {
        pmu.wrmsr(part.address(), pmu.rdmsr(part.address()) & part.writable() & ~part.mask() | bits);
    }

    private void rest(WordPart part) {
        if (read(part) != 0) {
            write(part, 0);
        }
    }

    /** Clears the bits through the register that clears, or by a write. */
    void clear(WordPart part) {
        cpu.globals().changing(part, false).ifPresentOrElse(register -> pmu.wrmsr((int) register.address(), part.mask()), () -> write(part, 0));
    }

    void set(WordPart part) {
        cpu.globals().changing(part, true).ifPresentOrElse(register -> pmu.wrmsr((int) register.address(), part.mask()), () -> write(part, part.mask()));
    }

    /* ------------------------------------------------------------- counters */

    /** Gives the counter its event and the settings, and no others. */
    void program(TestedCounter counter, Setting... settings) {
        long bits = 0;
        if (counter.isProgrammable()) {
            bits = counter.control().in(FieldRole.EVENT_CODE, counter.code());
            bits |= counter.umask() == 0 ? 0 : counter.control().in(FieldRole.UNIT_MASK, counter.umask());
        }
        write(counter, bits, settings);
    }

    /** As {@link #program}, with an event among the settings. */
    void programEvent(TestedCounter counter, Setting... settings) {
        write(counter, 0, settings);
    }

    private void write(TestedCounter counter, long event, Setting[] settings) {
        long bits = event;
        for (Setting setting : settings) {
            if (setting.value() != 0) {
                bits |= counter.control().in(setting.role(), setting.value());
            }
        }
        WordPart word = counter.control().word();
        write(word, bits);
        assertEquals(bits, read(word), counter + " is not programmed as asked");
    }

    /** Lets the counter count in ring 0, with further settings. */
    void start(TestedCounter counter, Setting... settings) {
        List<Setting> all = new ArrayList<>(List.of(settings));
        all.add(Setting.KERNEL);
        if (counter.control().knows(FieldRole.ENABLE)) {
            all.add(Setting.ENABLE);
        }
        program(counter, all.toArray(Setting[]::new));
        enable(counter, true);
    }

    /** Disables the counter locally. */
    void stop(TestedCounter counter) {
        program(counter);
    }

    /** Enables or disables the counter globally, where there is such a thing. */
    void enable(TestedCounter counter, boolean on) {
        counter.enables().forEach(part -> write(part, on ? part.mask() : 0));
    }

    long value(TestedCounter counter) {
        return pmu.rdmsr(counter.address());
    }

    /** Writes the counter's value through a register that takes it; a counter that runs may be beyond it already. */
    void overwrite(TestedCounter counter, long value) {
        RegisterModel register = counter.writing(value).orElseThrow();
        pmu.wrmsr((int) register.addressOf(counter.index()), value);
    }

    /** Writes the value of a counter that does not run. */
    void value(TestedCounter counter, long value) {
        overwrite(counter, value);
        assertEquals(value, value(counter), () -> counter + " does not hold what was written");
    }

    /** As many occurrences before 0: {@code 1} makes the next one overflow. */
    void before(TestedCounter counter, long occurrences) {
        value(counter, -occurrences & counter.mask());
    }

    boolean overflowed(TestedCounter counter) {
        boolean first = read(counter.overflows().get(0)) != 0;
        counter.overflows().forEach(part -> assertEquals(first, read(part) != 0, () -> counter + ": status registers disagree"));
        return first;
    }

    /** All counters whose overflow is reported. */
    List<TestedCounter> overflowed() {
        return cpu.all().stream().filter(cpu::isReporting).filter(this::overflowed).toList();
    }

    void clearOverflow(TestedCounter counter) {
        counter.overflows().forEach(this::clear);
    }

    /* ------------------------------------------------------------- work */

    /** Everything that the counters count occurs once in each cycle. */
    Step steady(long cycles, int ring, TransactionState transaction) {
        return each(cpu, cycles, cycles, ring, transaction);
    }

    Step steady(long cycles) {
        return steady(cycles, 0, TransactionState.OUTSIDE);
    }

    /** What counters count occurs so many times in a step of one cycle. */
    Step once(long occurrences) {
        return each(cpu, 1, occurrences, 0, TransactionState.OUTSIDE);
    }

    private static Step each(TestedCpu cpu, long cycles, long occurrences, int ring, TransactionState transaction) {
        Step.Builder step = Step.of(cycles).ring(ring).transaction(transaction);
        cpu.counters().stream().filter(counter -> counter.occurrence().isPresent()).mapToLong(counter -> counter.occurrence().getAsLong()).distinct()
                .forEach(event -> step.uniform(event, occurrences));
        return step.build();
    }

    /** Runs the whole step; no PMI may stop it. */
    void run(Step step) {
        assertEquals(step.cycles(), pmu.run(step, 0), "stopped before the step's end");
        assertFalse(pmu.pmiPending(), "a PMI is there");
    }

    void assertFaults(Runnable access) {
        assertThrows(GeneralProtectionFault.class, access::run);
    }
}
