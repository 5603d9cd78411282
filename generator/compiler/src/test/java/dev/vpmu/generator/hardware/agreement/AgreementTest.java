package dev.vpmu.generator.hardware.agreement;

import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.DrawnCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
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
    Stream<DynamicTest> threeAgreeOnRandomProgramsForDescribedCpus() throws IOException {
        List<DescribedCpu> cpus = new ArrayList<>(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", SketchedCpus.broadwellEp())));
        cpus.addAll(SketchedCpus.described());
        return Subjects.load(cpus).all().stream().map(subject -> test(subject, Effort.of(9_000, 300_000)));
    }

    @TestFactory
    Stream<DynamicTest> threeAgreeOnRandomProgramsForDrawnCpus() throws IOException {
        List<DescribedCpu> cpus = LongStream.range(0, Effort.of(30, 300)).mapToObj(DrawnCpu::of).toList();
        return Subjects.load(cpus).all().stream().map(subject -> test(subject, Effort.of(1_250, 20_000)));
    }

    private static DynamicTest test(Subject subject, int programs) {
        return DynamicTest.dynamicTest(subject.name() + ", " + programs + " programs", () -> {
            for (boolean smt : new boolean[] {true, false}) {
                compare(subject, smt, false, programs / 2);
                compare(subject, smt, true, programs / 20);
            }
        });
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
                fail(subject.name() + ", seed " + seed + ", " + (smt ? "with" : "without") + " SMT: " + comparison.shrunk(() -> longSteps ? subject.quickMachines(smt) : subject.machines(smt),
                        new ArrayList<>(program), found.get()));
            }
        }
    }
}
