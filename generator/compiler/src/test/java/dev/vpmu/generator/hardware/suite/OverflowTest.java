package dev.vpmu.generator.hardware.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.List;

/** A carry out of a counter's highest bit: its status bit, and which counters ask for a PMI (domain.md §2.5, §2.6). */
class OverflowTest {

    @OnEveryCpu(value = "HW-2 a wrap sets the counter's status bit and no other, and asks for no PMI while the counter's interrupt enable is 0",
            needs = Need.OVERFLOWS)
    void wrapSetsStatus(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        bench.pmu.lvtpc(Bench.NMI);
        for (TestedCounter counter : cpu.reporting()) {
            bench.start(counter);
            bench.before(counter, 1);
            assertEquals(List.of(), bench.overflowed(), "after the write");
            List<Long> before = status(bench);
            bench.run(bench.steady(4));
            assertEquals(3, bench.value(counter), () -> counter + " keeps counting");
            assertEquals(List.of(counter), bench.overflowed());
            assertEquals(with(counter, before, cpu), status(bench), () -> counter + " sets no other bit");
            assertEquals(Bench.NMI, bench.pmu.lvtpc());
            bench.run(bench.steady(1));
            assertEquals(List.of(counter), bench.overflowed(), "the bit stays");
            bench.clearOverflow(counter);
            assertEquals(List.of(), bench.overflowed());
            bench.run(bench.steady(1));
            assertEquals(List.of(), bench.overflowed(), "and does not come back");
            bench.stop(counter);
        }
    }

    /** The status registers' words. */
    private static List<Long> status(Bench bench) {
        return bench.cpu.globals().registers(RegisterRole.STATUS).stream().map(register -> bench.pmu.rdmsr((int) register.address())).toList();
    }

    /** Those words with the counter's bits. */
    private static List<Long> with(TestedCounter counter, List<Long> words, TestedCpu cpu) {
        List<RegisterModel> registers = cpu.globals().registers(RegisterRole.STATUS);
        List<Long> with = new ArrayList<>(words);
        counter.overflows().forEach(part -> with.set(registers.indexOf(part.register()), with.get(registers.indexOf(part.register())) | part.mask()));
        return with;
    }

    @OnEveryCpu(value = "HW-2 with its interrupt enable set a wrap sets the status bit as well, and the PMI is there behind that cycle",
            needs = {Need.OVERFLOWS, Need.INTERRUPTS})
    void wrapAsksForPmi(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.counters(FieldRole.INTERRUPT_ENABLE)) {
            bench.pmu.lvtpc(Bench.NMI);
            bench.start(counter, Setting.INTERRUPT);
            bench.before(counter, 1);
            assertEquals(1, bench.pmu.run(bench.steady(4), 0));
            assertEquals(0, bench.value(counter));
            assertTrue(counter.overflows().isEmpty() || bench.overflowed(counter), () -> counter + " sets its bit");
            assertTrue(bench.pmu.takePmi());
            assertFalse(bench.pmu.takePmi(), "it is taken once");
            assertEquals(4, bench.pmu.run(bench.steady(4), 1));
            assertEquals(3, bench.value(counter));
            bench.rest();
        }
    }

    @OnEveryCpu(value = "HW-4 a counter that holds -1 is 0 after one occurrence, and has overflowed", needs = Need.OVERFLOWS)
    void minusOne(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.reporting()) {
            bench.start(counter);
            bench.value(counter, counter.mask());
            bench.run(bench.steady(1));
            assertEquals(0, bench.value(counter));
            assertTrue(bench.overflowed(counter), "a count that lands on 0 is an overflow");
            bench.rest();
        }
    }

    @OnEveryCpu(value = "HW-4 a count that lands on -1 is no overflow, and the next one is", needs = Need.OVERFLOWS)
    void minusTwo(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        for (TestedCounter counter : cpu.reporting()) {
            if (counter.takes(counter.mask() - 1)) {
                bench.start(counter);
                bench.before(counter, 2);
                bench.run(bench.steady(1));
                assertEquals(counter.mask(), bench.value(counter));
                assertFalse(bench.overflowed(counter), counter::toString);
                bench.run(bench.steady(1));
                assertEquals(0, bench.value(counter));
                assertTrue(bench.overflowed(counter), counter::toString);
                bench.rest();
            }
        }
    }

    @OnEveryCpu(value = "HW-4 a write never overflows: neither of 0 over -1 nor of -1 over anything, be the counter running or not", needs = Need.OVERFLOWS)
    void writesDoNotOverflow(TestedCpu cpu) {
        Bench bench = Bench.atRest(cpu);
        bench.pmu.lvtpc(Bench.NMI);
        for (TestedCounter counter : cpu.reporting()) {
            for (boolean running : new boolean[] {false, true}) {
                if (running) {
                    bench.start(counter);
                }
                bench.value(counter, counter.mask());
                bench.value(counter, 0);
                bench.value(counter, counter.mask());
                bench.value(counter, 0);
                bench.run(bench.steady(2));
                assertEquals(running ? 2 : 0, bench.value(counter));
                assertEquals(List.of(), bench.overflowed());
            }
            bench.stop(counter);
        }
    }

    @OnEveryCpu(value = "HW-4 a step that wraps a narrow counter many times leaves the count modulo its width", needs = Need.COUNTERS)
    void manyWraps(TestedCpu cpu) {
        for (TestedCounter counter : cpu.counters()) {
            if (counter.bank().width() <= 40 && (counter.occurrence().isPresent() || counter.bank().width() < 30)) {
                Bench bench = Bench.atRest(cpu);
                long each = counter.occurrence().isPresent() ? 1L << 29 : 1;
                long cycles = (1L << 31) - 1;
                bench.start(counter);
                bench.value(counter, 0);
                Step.Builder step = Step.of(cycles);
                counter.occurrence().ifPresent(event -> step.uniform(event, each * cycles));
                assertEquals(cycles, bench.pmu.run(step.build(), 0));
                assertEquals(each * cycles & counter.mask(), bench.value(counter), counter::toString);
                assertTrue(!cpu.isReporting(counter) || bench.overflowed(counter), counter::toString);
            }
        }
    }
}
