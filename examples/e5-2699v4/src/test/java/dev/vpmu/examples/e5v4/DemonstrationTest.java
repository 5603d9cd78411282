package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.cpu.Cpus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemonstrationTest {

    @Test
    void theProgramCallsItselfADemonstrationAndPrintsEveryRegisterAndEvent() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Demonstration.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0).startsWith("Demonstration: "), lines.get(0));
        assertTrue(lines.contains("BroadwellServerEvents: 375 events"));
        assertEquals(382, lines.stream().filter(line -> line.contains("selector 0x") || line.contains("control  0x")).count());
        assertEquals(74, lines.stream().filter(line -> line.startsWith("  0x")).count());
        assertTrue(lines.contains("  L1D_PEND_MISS.PENDING                                  selector 0x000148  on gp 2"), String.join("\n", lines));
    }

    @Test
    void theReportDependsOnTheCpuAlone() {
        assertEquals(CpuReport.of(Cpus.all().get(0)), CpuReport.of(Cpus.all().get(0)));
    }
}
