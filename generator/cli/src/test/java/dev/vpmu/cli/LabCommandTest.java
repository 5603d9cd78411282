package dev.vpmu.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Questions as a user asks them. */
class LabCommandTest {

    private static final String FEW = """
            package own

            import vpmu.intel.arch.*
            import vpmu.intel.*
            import vpmu.policies.*

            cpu Few extends ArchPerfmonV3 {
                signature GenuineIntel family 6 model 0xF0
                counters gp     [0..1]  width 40 bits
                counters fixed  [0..2]  width 40 bits
                has pdcm, full_width_write
                policies EventOriented2018, Refusing
            }

            policy Refusing extends RegisterOriented {
                on conflict  move else rotate else refuse
            }

            costs FewCosts extends XeonE5_2699v4 for Few {
                wrmsr = 1000 cycles  assumed
            }
            """;

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void model() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("pmu/own")).resolve("Few.pmu"), FEW);
    }

    private int pmu(String... arguments) {
        CommandLine command = Pmu.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private List<String> lines(String start) {
        return out.toString().lines().filter(line -> line.startsWith(start)).toList();
    }

    private static String[] words(String line) {
        return line.strip().split(" +");
    }

    @Test
    void aScenarioOfOnesOwnOnAShippedCpu() {
        assertEquals(0, pmu("lab", "--sample", "branches", "--hertz", "2000", "--guests", "3", "--sharing", "--watchdog", "--policy", "RegisterOriented,EventOriented"), err::toString);
        assertTrue(out.toString().startsWith("modelled, not measured"), out.toString());
        List<String> own = lines("own");
        assertEquals(2, own.size());
        // 3 guests for 0.1 s, 2,000 times a second
        own.forEach(line -> assertEquals(List.of("own+watchdog", "0", "600", "0"), List.of(words(line)[0], words(line)[4], words(line)[5], words(line)[6]), line));
    }

    @Test
    void whatTheHostCountsTakesCountersFromGuests() {
        assertEquals(0, pmu("lab", "--sample", "branches", "--host", "pinned cache misses", "--policy", "EventOriented,RegisterOriented"), err::toString);
        assertEquals("1.000000", words(lines("own").get(0))[4], out.toString());
        assertEquals("0", words(lines("own").get(1))[4]);
        assertEquals(1, lines("    lost because: no counter left: pinned event of the host").size());
    }

    @Test
    void modelsOfOnesOwnAreAskedWithoutAnyBuild() throws IOException {
        assertEquals(0, pmu("lab", "--models", folder.resolve("pmu").toString(), "--scenario", "control-write,multiplex", "--list", "control-write", "--traffic", "--causes", "--report",
                folder.resolve("report").toString()), err::toString);
        List<String> updates = lines("control-write  ");
        assertEquals(List.of("EventOriented2018", "Refusing"), updates.stream().map(line -> words(line)[1]).toList());
        // one exit, two switched registers, one access and one WRMSR of 1,000 cycles at 2.2 GHz
        assertEquals("1,030.0", words(updates.get(1))[2]);
        assertTrue(out.toString().contains("WRMSR IA32_PERFEVTSEL[0] = 0x53412e"), out.toString());
        assertEquals(1, lines("multiplex under Refusing, steps by path").size());
        List<String> causes = out.toString().lines().dropWhile(line -> !line.equals("control-write under Refusing, time by cause, ns")).takeWhile(line -> !line.isEmpty()).toList();
        assertEquals(List.of("wrmsr", "1", "454.5"), List.of(words(causes.get(5))), causes::toString);
        assertEquals(List.of("all", "1,030.0"), List.of(words(causes.get(causes.size() - 1))));
        for (String file : List.of("index.html", "summary.json", "timeline.json")) {
            assertTrue(Files.size(folder.resolve("report").resolve(file)) > 1_000, file);
        }
        assertTrue(Files.readString(folder.resolve("report/summary.json")).contains("\"cpu\": \"Few\""));
    }

    /** Of its events and its fixed counters nothing is said but what its architecture does. */
    @Test
    void everyShippedScenarioRunsOnACpuThatNobodyShipped() {
        assertEquals(0, pmu("lab", "--models", folder.resolve("pmu").toString(), "--seconds", "0.02"), err::toString);
        for (String scenario : List.of("control-write ", "control-write-fixed ", "counter-write ", "global-toggle ", "perf-stat ", "perf-record-100khz ", "multiplex ", "share-8 ", "host-competes ")) {
            assertEquals(2, lines(scenario).size(), scenario);
        }
        assertEquals("0", words(lines("control-write-fixed ").get(1))[4], "the register-oriented one counts its own write");
    }

    @Test
    void aMistakeInAModelIsToldAtItsPlaceAndNothingStays() throws IOException {
        Path file = folder.resolve("pmu/own/Few.pmu");
        Files.writeString(file, FEW.replace("[0..1]  width 40", "[0..1]  width 99"));
        assertEquals(1, pmu("lab", "--models", folder.resolve("pmu").toString()));
        assertTrue(err.toString().contains("Few.pmu:9:"), err.toString());
        assertTrue(err.toString().endsWith("pmu: the models have errors" + System.lineSeparator()), err.toString());
        assertEquals(0, temporary());
        assertEquals("", out.toString());
        Files.writeString(file, FEW);
        assertEquals(0, pmu("lab", "--models", folder.resolve("pmu").toString(), "--known"));
        assertEquals(List.of("Few: policies [EventOriented2018, Refusing], costs [FewCosts]"), lines("Few"));
        assertEquals(0, temporary());
        assertEquals(0, pmu("lab", "--known"));
        assertEquals(1, lines("Few").size(), "they are not there any more");
    }

    private static long temporary() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(OwnModels.PREFIX)).count();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1|lab --cpu Foo|no CPU is called 'Foo'; there are [BroadwellEP]",
        "1|lab --policy Foo|has no policy 'Foo', only [EventOriented, ",
        "1|lab --costs Foo|no costs are called 'Foo'; there are [XeonE5_2699v4, ",
        "1|lab --scenario foo|no scenario is called 'foo'; there are control-write, ",
        "1|lab --list foo --scenario control-write|no update is called 'foo'; there are [control-write, ",
        "1|lab --sample foo|BroadwellEP has no event 'foo'; that work contains ",
        "1|lab --sample ARITH.FPU_DIV_ACTIVE|nobody knows how often 'ARITH.FPU_DIV_ACTIVE' occurs in the guests' work; say so",
        "1|lab --watchdog|a scenario of your own says what each guest's perf does: --sample, --count or --multiplex",
        "1|lab --sample cycles --count branches|a scenario of your own says what each guest's perf does",
        "1|lab --sample cycles --seconds 0|a scenario of 0.0 seconds",
        "1|lab --sample cycles --guests 0|guests are 1 vCPU and more",
        "1|lab --models no/such/folder|there is no folder no",
        "2|lab --sample cycles --host pinned|'pinned' names no event; write [NUMBER] [pinned] [late] EVENT",
        "2|lab --hertz many|Invalid value for option '--hertz'",
        "2|lab --foo|Unknown option: '--foo'"})
    void whatIsWrongIsSaidWithWhatWouldBeRight(int code, String command, String message) {
        assertEquals(code, pmu(command.split(" ")), out::toString);
        assertTrue(err.toString().contains(message), err.toString());
        assertFalse(err.toString().contains("Exception"), err.toString());
    }

    @Test
    void anEventOfWhichIsSaidHowOftenItOccursIsCounted() {
        assertEquals(0, pmu("lab", "--count", "ARITH.FPU_DIV_ACTIVE,cycles", "--rate", "ARITH.FPU_DIV_ACTIVE=777", "--policy", "RegisterOriented", "--report", folder.resolve("own").toString()),
                err::toString);
        assertEquals("0", words(lines("own").get(0))[4]);
        assertTrue(Files.exists(folder.resolve("own/index.html")), "without the scenarios that are shown first");
    }
}
