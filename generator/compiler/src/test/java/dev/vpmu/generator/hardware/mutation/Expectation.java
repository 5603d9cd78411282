package dev.vpmu.generator.hardware.mutation;

import dev.vpmu.generator.hardware.agreement.Comparison;
import dev.vpmu.generator.hardware.agreement.LibraryMachine;
import dev.vpmu.generator.hardware.agreement.Machine;
import dev.vpmu.generator.hardware.agreement.Operation;
import dev.vpmu.generator.hardware.agreement.ProgramDraw;
import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.suite.GeneratedPmu;
import dev.vpmu.generator.hardware.suite.PmuUnderTest;
import dev.vpmu.runtime.hardware.PmuHardware;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random programs for a CPU in one state of SMT, and what the interpreter shows of each. */
final class Expectation {

    private static final int PROGRAMS = 6_000;
    private static final int LONGEST_STEP = 90;
    private static final long SEED = 4_711;

    private final boolean smt;
    private final Comparison comparison;
    private final List<List<Operation>> programs = new ArrayList<>();
    private final List<long[]> traces = new ArrayList<>();
    private final long[] atPowerOn;

    Expectation(Subject subject, boolean smt) {
        this.smt = smt;
        this.comparison = new Comparison(subject.addresses(), smt ? 2 : 1);
        ProgramDraw draw = new ProgramDraw(subject.model(), smt ? 2 : 1, LONGEST_STEP, new SplittableRandom(SEED));
        Machine twin = subject.twin(smt);
        atPowerOn = comparison.registers(twin);
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(draw.program());
            traces.add(comparison.trace(twin, programs.get(i)));
        }
    }

    /** Whether hardware of another class shows anything else in some program, or breaks down. */
    boolean isFound(Constructor<?> other) {
        try {
            Machine machine = smt ? new LibraryMachine(hardware(other), hardware(other)) : new LibraryMachine(hardware(other));
            if (!Arrays.equals(atPowerOn, comparison.registers(machine))) {
                return true;
            }
            for (int i = 0; i < PROGRAMS; i++) {
                if (!Arrays.equals(traces.get(i), comparison.trace(machine, programs.get(i)))) {
                    return true;
                }
            }
            return false;
        } catch (ReflectiveOperationException | RuntimeException broken) {
            return true;
        }
    }

    private PmuUnderTest hardware(Constructor<?> constructor) throws ReflectiveOperationException {
        return new GeneratedPmu((PmuHardware) constructor.newInstance(smt));
    }
}
