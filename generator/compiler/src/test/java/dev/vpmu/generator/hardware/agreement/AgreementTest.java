package dev.vpmu.generator.hardware.agreement;

import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Generated code, the interpreter and the model that walks cycle by cycle agree on random programs of register accesses and work.
 * A disagreement is shrunk and printed with its seed; {@code -Dvpmu.seed=…} runs it alone.
 */
class AgreementTest {

    private static final int SHORT_STEP = 90;
    private static final long LONG_STEP = 1L << 31;

    @TestFactory
    Stream<DynamicTest> threeAgreeOnRandomPrograms() throws IOException {
        List<Subject> subjects = Subjects.load(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", SketchedCpus.broadwellEp()))).all();
        return subjects.stream().map(subject -> DynamicTest.dynamicTest(subject.name(), () -> agree(subject, Effort.of(20_000, 500_000))));
    }

    private static void agree(Subject subject, int programs) {
        for (boolean smt : new boolean[] {true, false}) {
            compare(subject, smt, false, programs / 2);
            compare(subject, smt, true, programs / 20);
        }
    }

    /** Compares all three on short steps, or the two that can on long ones. */
    private static void compare(Subject subject, boolean smt, boolean longSteps, int programs) {
        Comparison comparison = new Comparison(subject.addresses(), smt ? 2 : 1);
        List<Machine> machines = longSteps ? subject.quickMachines(smt) : subject.machines(smt);
        for (int i = 0; i < programs; i++) {
            long seed = Long.getLong("vpmu.seed", subject.name().hashCode() * 1_000_003L + i * 4L + (smt ? 2 : 0) + (longSteps ? 1 : 0));
            List<Operation> program = new ProgramDraw(subject.model(), smt ? 2 : 1, longSteps ? LONG_STEP : SHORT_STEP, new SplittableRandom(seed)).program();
            Optional<String> found = comparison.disagreement(machines, program);
            if (found.isPresent()) {
                fail("seed " + seed + ", " + (smt ? "with" : "without") + " SMT: " + comparison.shrunk(() -> longSteps ? subject.quickMachines(smt) : subject.machines(smt),
                        new ArrayList<>(program), found.get()));
            }
        }
    }
}
