package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.cpu.Cpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationTest {

    @Test
    void theProgramCallsItselfADemonstrationAndPrintsEveryRegisterAndEvent(@TempDir Path report) throws IOException {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Demonstration.main(new String[] {report.toString()});
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

    @Test
    void hostEventsMoveWithTheirCountsAndTheGuestHearsOfItsOverflow() {
        assertEquals(List.of("The host's perf on it:",
                "  CPU_CLK_UNHALTED.THREAD_P is on counter 33",
                "  LONGEST_LAT_CACHE.MISS is on counter 0",
                "     1,000,000  CPU_CLK_UNHALTED.THREAD_P",
                "         2,000  LONGEST_LAT_CACHE.MISS",
                "A guest takes gp[0] and fixed[1]:",
                "  CPU_CLK_UNHALTED.THREAD_P moves from counter 33 to 1, with its count",
                "  LONGEST_LAT_CACHE.MISS moves from counter 0 to 2, with its count",
                "     2,000,000  CPU_CLK_UNHALTED.THREAD_P",
                "         4,000  LONGEST_LAT_CACHE.MISS",
                "  the guest's callback is told of counters 0x1",
                "  PMI: 1 overflow handled",
                "     3,000,000  CPU_CLK_UNHALTED.THREAD_P",
                "         6,000  LONGEST_LAT_CACHE.MISS"), HostProgram.run());
    }

    private static long read(List<String> lines, String event) {
        String line = lines.stream().filter(found -> found.startsWith("  rdpmc") && found.endsWith("  " + event)).findFirst().orElseThrow();
        return Long.parseLong(line.substring(line.indexOf('=') + 1, line.lastIndexOf("  ")).strip().replace(",", ""));
    }

    @Test
    void theGuestReadsWhatItsWorkContains() {
        List<String> lines = GuestProgram.run();
        assertEquals(3_300_000 + 110_000, read(lines, "INST_RETIRED.ANY_P"));
        assertEquals(3_300_000 + 110_000, read(lines, "INST_RETIRED.ANY"));
        assertEquals(4_000 + 900, read(lines, "LONGEST_LAT_CACHE.MISS"));
        assertEquals(2 * 30 * 22_000, read(lines, "L1D_PEND_MISS.PENDING"));
        // 40 of 100 cycles in ring 3, and all in ring 0, where the work names no micro-operations
        assertEquals(40 * 22_000 + 220_000, read(lines, "UOPS_RETIRED.STALL_CYCLES"));
        assertEquals(2_420_000, read(lines, "CPU_CLK_UNHALTED.THREAD"));
    }

    @Test
    void everySampleComesWhereItIsDue() {
        List<String> lines = GuestProgram.run();
        assertEquals(3, lines.stream().filter(line -> line.startsWith("  PMI ")).count());
        // 1.5 instructions a cycle: the 1,000,003rd retires in cycle 666,668
        assertTrue(lines.contains("  PMI before cycle 666,669"), String.join("\n", lines));
        assertTrue(lines.contains("  " + String.format(java.util.Locale.ROOT, "%,d", 3_410_000 - 3 * 1_000_003) + " instructions since the last sample"));
    }
}
