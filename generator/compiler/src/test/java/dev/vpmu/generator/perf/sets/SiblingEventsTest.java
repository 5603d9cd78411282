package dev.vpmu.generator.perf.sets;

import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.agreement.Subject;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Events come and go on both threads of a core: whatever is on the PMU at any time obeys the CPU's text, each thread's by itself and both
 * together. {@code -Dvpmu.seed=…} draws one run alone.
 */
class SiblingEventsTest {

    private static final int STEPS = Effort.of(60_000, 1_500_000);
    private static final int STEPS_OF_A_RUN = 60;

    @TestFactory
    Stream<DynamicTest> threadsKeepToTheConstraintsByThemselvesAndTogether() {
        List<Subject> subjects = SetsCpus.all().stream().filter(subject -> haveRegistersOfTheirOwn(subject.model())).toList();
        int runs = STEPS / STEPS_OF_A_RUN / subjects.size() + 1;
        return subjects.stream().map(subject -> DynamicTest.dynamicTest(subject.name() + ", " + runs + " runs", () -> check(subject, runs)));
    }

    /** Whether threads do not share what says what their counters do. */
    private static boolean haveRegistersOfTheirOwn(CpuModel cpu) {
        return cpu.registers().stream().noneMatch(register -> register.domain() != Domain.THREAD
                && (register.role() == RegisterRole.SELECTOR || register.role() == RegisterRole.ENABLE));
    }

    private static void check(Subject subject, int runs) {
        for (int i = 0; i < runs; i++) {
            long seed = Long.getLong("vpmu.seed", subject.name().hashCode() * 1_000_003L + i);
            SplittableRandom random = new SplittableRandom(seed);
            Siblings siblings = new Siblings(subject.model(), subject.door(), random);
            for (int step = 0; step < STEPS_OF_A_RUN; step++) {
                siblings.step();
                Optional<String> problem = siblings.problem();
                if (problem.isPresent()) {
                    fail(subject.name() + ", seed " + seed + ", step " + step + ": " + problem.get() + "\n" + siblings.history());
                }
            }
        }
    }
}
