package dev.vpmu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kit on the shipped models, as somebody who writes a model would use it. */
class ExpectedEncodingsTest {

    private final CpuModel cpu = Models.cpu(Models.load(Path.of("..", "..", "examples", "cpus", "src", "main", "pmu")), "BroadwellEP");

    @Test
    void encodingsThatAreRightAreSilent() {
        ExpectedEncodings.of(cpu, """
                INST_RETIRED.ANY                                  fixed[0]
                CPU_CLK_UNHALTED.THREAD_ANY                       fixed[1] control 0x40
                INST_RETIRED.PREC_DIST                            0x1C0 on gp[1]
                LLC_MISSES                                        0x412E on gp
                OFFCORE_RESPONSE.ALL_READS.LLC_MISS.LOCAL_DRAM    0x1B7 on gp[0..3] with MSR_OFFCORE_RSP_0 0x6040007F7
                """);
    }

    @Test
    void aWrongEncodingAndAnUnknownEventAreShownBesideWhatIs() {
        AssertionError failure = assertThrows(AssertionError.class, () -> ExpectedEncodings.of(cpu, "LLC_MISSES 0x412F on gp\nNO.SUCH 0x1 on gp\n"));
        assertTrue(failure.getMessage().contains("LLC_MISSES 0x412E on gp"), failure.getMessage());
        assertTrue(failure.getMessage().contains("NO.SUCH is no event of BroadwellEP"), failure.getMessage());
    }

    @Test
    void aModelWithAnErrorAndACpuThatIsNotThereAreRefusedWithTheReason() {
        AssertionError error = assertThrows(AssertionError.class, () -> Models.load(List.of(new Source("a.pmu", "package a\nlayout L extends M {}\n"))));
        assertEquals("a.pmu:2:18: error PMU0001: layout 'M' is not known here", error.getMessage());
        assertEquals("no cpu is called X, only []", assertThrows(AssertionError.class,
                () -> Models.cpu(Models.load(List.of(new Source("a.pmu", "package a\n"))), "X")).getMessage());
    }
}
