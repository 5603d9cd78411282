package dev.vpmu.runtime.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.equivalence.Comparison;
import dev.vpmu.runtime.equivalence.Subject;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vpmu.intel.BroadwellEP;

/** What the generated virtual PMU is measured against is right, and the same. */
class HandWrittenVpmuTest {

    private static final int OPERATIONS = 200_000;

    private static Subject written(boolean smt) {
        return new Subject("by hand", new BroadwellEP(), smt, true, port -> new HandWrittenVpmu(port, smt), pmu -> ((HandWrittenVpmu) pmu).owned());
    }

    @ParameterizedTest(name = "guests are told what hardware tells, with SMT: {0}")
    @ValueSource(booleans = {true, false})
    void guestsAreToldWhatHardwareTells(boolean smt) {
        Optional<String> wrong = new Comparison(written(smt)).run(1, OPERATIONS);
        assertTrue(wrong.isEmpty(), () -> wrong.orElse(""));
    }

    @ParameterizedTest(name = "it serves what the generated one serves, with SMT: {0}")
    @ValueSource(booleans = {true, false})
    void servesWhatTheGeneratedOneServes(boolean smt) {
        BroadwellEP cpu = new BroadwellEP();
        assertEquals(new Comparison(Subject.of(cpu, smt, cpu.design("RegisterOriented"))).served().lines(), new Comparison(written(smt)).served().lines());
    }
}
