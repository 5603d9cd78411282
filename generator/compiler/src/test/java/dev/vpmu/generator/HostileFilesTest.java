package dev.vpmu.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.emit.MemoryCompiler;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that try to get more out of the generator than text. */
class HostileFilesTest {

    private static final String MODEL = """
            package %s

            bank gp  index 0  rdpmc 0

            /** %s */
            layout Select from "%s" {
                event  [7:0]    is event code
                umask  [15:8]   is unit mask
                usr    [16]     is user mode
                os     [17]     is kernel mode
                int    [20]     is interrupt enable
                en     [22]     is enable
            }

            /** %s */
            cpu %s from "%s" {
                signature GenuineIntel family 6 model 0xF1
                version 1
                counters gp [0..1]  width 40 bits
                msr VALUE[gp]   0x0C1  is value  write truncates
                msr SELECT[gp]  0x186  is selector Select
                rdpmc type [31:16] index [15:0]  exit before fault
                pmi through LVTPC masks itself
                events Table
            }

            events Table for %s {
                CYCLES       = 0x3C:0x00  is cycles
                INSTRUCTIONS = 0xC0:0x00  is instructions  errata "%s"
                %s
            }
            """;

    @TempDir
    private Path folder;

    private Cpu compile(String packageName, String cpuName, String text, String rows) throws Exception {
        String comment = text.replace("*/", "* /");
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        ModelFolder models = new ModelFolder(folder);
        models.write("hostile.pmu", String.format(MODEL, packageName, comment, quoted, comment, cpuName, quoted, cpuName, quoted, rows));
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().toString());
        ClassLoader classes = MemoryCompiler.load(models.classes());
        String door = models.outputs().get("resources/META-INF/services/dev.vpmu.runtime.cpu.Cpu").strip();
        return (Cpu) classes.loadClass(door).getDeclaredConstructor().newInstance();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/ class Evil {} /*", "\\u002a/ class Evil {}", "\\\\u002a/", "@author {@link Evil} <script>alert(1)</script> & <p",
        "\"); System.exit(1); (\"", "line one\nline two", "}}} {@code", "\u202e reversed \u2066", "e\u0301\u00e9\u4e2d"})
    void textStaysTextInCommentsAndLiterals(String text) throws Exception {
        Cpu cpu = compile("p", "Victim", text, "");
        assertEquals(List.of(text), cpu.events().find("INSTRUCTIONS").orElseThrow().errata());
    }

    @Test
    void namesOfEventsStayApartWhateverTheyAre() throws Exception {
        String rows = """
                RS.EMPTY_COUNT = 0x01:0x01
                    RS_EMPTY.COUNT = 0x01:0x02
                    "A:request=B" = 0x01:0x03
                    class = 0x01:0x04
                    Class = 0x01:0x05
                    TABLE = 0x01:0x06
                    ROWS_0 = 0x01:0x07
                    "*/ static {} /*" = 0x01:0x08
                    "\\" + x + \\"" = 0x01:0x09
                    hashCode.128B = 0x01:0x0A
                """;
        Cpu cpu = compile("p", "Victim", "plain", rows);
        List<String> names = cpu.events().all().stream().map(PmuEvent::name).toList();
        assertEquals(List.of("CYCLES", "INSTRUCTIONS", "RS.EMPTY_COUNT", "RS_EMPTY.COUNT", "A:request=B", "class", "Class", "TABLE", "ROWS_0",
                "*/ static {} /*", "\" + x + \"", "hashCode.128B"), names);
        assertEquals(0x0801, cpu.events().find("*/ static {} /*").orElseThrow().encoding());
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "String", "Cpu", "EventTable", "List", "Override", "VictimEvents", "VictimHostPerf", "con", "Object", "int", "Msr",
        "PerfCore", "StatusCause", "LongSupplier"})
    void aCpuCanHaveAnyWordAsItsName(String name) throws Exception {
        assertEquals(name, compile("p", name, "plain", "").name());
    }

    @Test
    void aPackageOfKeywordsIsAPackageOfJavaAndStaysInTheFolder() throws Exception {
        Cpu cpu = compile("int.class.con.nul", "Victim", "plain", "");
        assertEquals("Victim", cpu.name());
        ModelFolder models = new ModelFolder(folder);
        assertTrue(models.outputs().keySet().stream().allMatch(path -> path.startsWith("java/int$/class$/con$/nul$/") || path.startsWith("resources/")
                || path.endsWith(".vpmu-outputs")), models.outputs().keySet().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "p/../../q", "\"../q\"", "p..q", "/etc", "C:", ".p"})
    void aPackageThatLeadsElsewhereIsRefused(String name) throws IOException {
        ModelFolder models = new ModelFolder(folder);
        models.write("hostile.pmu", String.format(MODEL, name, "", "", "", "Victim", "", "Victim", "", ""));
        CompilationResult result = models.compile();
        assertTrue(result.failed());
        assertTrue(models.outputs().isEmpty());
        assertTrue(result.messages().stream().allMatch(finding -> finding.place().line() == 1), result.messages().toString());
    }

    @Test
    void cpusThatDifferOnlyInCaseGetFilesThatDifferOnEveryDisk() throws Exception {
        ModelFolder models = new ModelFolder(folder);
        String upper = String.format(MODEL, "p", "", "", "", "Victim", "", "Victim", "", "");
        String second = "\ncpu VICTIM extends Victim {\n    signature GenuineIntel family 6 model 0xF2\n}\n";
        models.write("hostile.pmu", upper + second);
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().toString());
        List<String> paths = models.outputs().keySet().stream().map(path -> path.toLowerCase(java.util.Locale.ROOT)).toList();
        assertEquals(paths.size(), paths.stream().distinct().count());
        MemoryCompiler.load(models.classes());
    }
}
