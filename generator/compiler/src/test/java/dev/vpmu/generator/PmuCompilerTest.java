package dev.vpmu.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.generator.emit.MemoryCompiler;
import dev.vpmu.runtime.perf.CounterDriver;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.regex.Pattern;
import java.util.TreeSet;
import java.util.Set;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PmuCompilerTest {

    /** The shipped prices, which name a cpu. */
    private static final String COSTS = "vpmu/intel/XeonE5_2699v4Costs.pmu";

    @TempDir
    private Path folder;

    @Test
    void theShippedModelsCompileWithoutAWarningOfTheCompilerOrDoclint() throws Exception {
        ModelFolder models = ModelFolder.shipped(folder);
        assertFalse(models.compile().failed());
        ClassLoader classes = MemoryCompiler.load(models.classes());
        assertEquals("vpmu.intel.BroadwellEP", classes.loadClass("vpmu.intel.BroadwellEP").getName());
        assertEquals("vpmu.intel.BroadwellEP\n", models.outputs().get("resources/META-INF/services/dev.vpmu.runtime.cpu.Cpu"));
    }

    @Test
    void twoFoldersTwoLocalesAndTwoTimeZonesGiveTheSameBytes() throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            ModelFolder first = ModelFolder.shipped(folder.resolve("first"));
            first.compile();
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
            ModelFolder second = ModelFolder.shipped(folder.resolve("another/and deeper"));
            second.compile();
            assertTrue(first.outputs().size() >= 4);
            assertEquals(first.outputs(), second.outputs());
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aBuildWithNothingChangedTouchesNoFile() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        models.compile();
        Map<Path, FileTime> times = new HashMap<>();
        for (String path : models.outputs().keySet()) {
            Path file = folder.resolve(path);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            times.put(file, Files.getLastModifiedTime(file));
        }
        CompilationResult again = models.compile();
        assertEquals(List.of(), again.java().orElseThrow().written());
        for (Map.Entry<Path, FileTime> time : times.entrySet()) {
            assertEquals(time.getValue(), Files.getLastModifiedTime(time.getKey()), time.getKey().toString());
        }
    }

    @Test
    void withAnErrorNothingIsWrittenAndWhatWasThereStays() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        models.write(COSTS, "package vpmu.intel\n");
        models.compile();
        Map<String, String> before = models.outputs();
        String cpu = models.read("vpmu/intel/BroadwellEP.pmu");
        models.write("vpmu/intel/BroadwellEP.pmu", cpu.replace("model 0x4F", "model 0x4G").replace("cpu BroadwellEP", "cpu BroadwellXX"));
        CompilationResult result = models.compile();
        assertTrue(result.failed());
        assertEquals(1, result.count(Severity.ERROR));
        assertTrue(result.check().show(result.messages().get(0)).contains("BroadwellEP.pmu:54:"), result.messages().toString());
        assertEquals(before, models.outputs());
    }

    @Test
    void whatACpuNoLongerGeneratesIsRemoved() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        models.write(COSTS, "package vpmu.intel\n");
        models.compile();
        models.write("vpmu/intel/BroadwellEP.pmu", models.read("vpmu/intel/BroadwellEP.pmu").replace("cpu BroadwellEP ", "cpu Renamed "));
        CompilationResult result = models.compile();
        // five of every cpu, and one for each of its four policies
        assertEquals(9, result.java().orElseThrow().removed().size());
        assertTrue(models.classes().containsKey("vpmu.intel.Renamed"));
        assertFalse(models.classes().containsKey("vpmu.intel.BroadwellEP"));
    }

    @Test
    void atMostTwentyMessagesAreShownAndErrorsFirst() throws IOException {
        ModelFolder models = new ModelFolder(folder);
        StringBuilder text = new StringBuilder("package p\n");
        for (int i = 0; i < 30; i++) {
            text.append("layout L").append(i).append(" extends Nowhere").append(i).append(" { a [0] }\n");
        }
        models.write("p/many.pmu", text.toString());
        CompilationResult result = models.compile();
        assertEquals(30, result.count(Severity.ERROR));
        assertEquals(CompilationResult.MOST_MESSAGES, result.messages().size());
        assertTrue(result.messages().stream().allMatch(finding -> finding.severity() == Severity.ERROR));
    }

    @Test
    void aModelCanReferToFilesInAJar() throws Exception {
        Path jar = folder.resolve("cpus.jar");
        Path models = SharedData.checkout().resolve("examples/cpus/src/main/pmu");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out)) {
            for (String file : List.of("vpmu/intel/arch/architecture.pmu", "vpmu/policies/policies.pmu")) {
                entries.putNextEntry(new ZipEntry("META-INF/pmu/" + file));
                entries.write(Files.readAllBytes(models.resolve(file)));
            }
        }
        ModelFolder own = new ModelFolder(folder.resolve("own"));
        own.write("acme/Widget.pmu", readmeExample());
        CompilationResult result = PmuCompiler.standalone().compile(new CompilationRequest(List.of(folder.resolve("own/pmu")), List.of(jar),
                folder.resolve("own/java"), folder.resolve("own/resources")));
        assertEquals(List.of(), result.messages().stream().filter(finding -> finding.severity() == Severity.ERROR).map(result.check()::show).toList());
        assertEquals(List.of("acme.Widget", "acme.WidgetEvents", "acme.WidgetHardware", "acme.WidgetHostPerf", "acme.WidgetLayouts",
                "acme.WidgetRegisterOrientedVpmu"), List.copyOf(own.classes().keySet()));
    }

    @Test
    void theReadmesElevenLinesDoWhatItSays() throws Exception {
        ModelFolder models = ModelFolder.shipped(folder);
        models.write("acme/Widget.pmu", readmeExample());
        assertEquals(11, readmeExample().strip().lines().filter(line -> !line.isBlank()).count());
        CompilationResult result = models.compile();
        assertEquals(List.of(), result.messages().stream().filter(finding -> finding.severity() == Severity.ERROR).map(result.check()::show).toList());
        ClassLoader classes = MemoryCompiler.load(models.classes());
        dev.vpmu.runtime.cpu.Cpu widget = (dev.vpmu.runtime.cpu.Cpu) classes.loadClass("acme.Widget").getDeclaredConstructor().newInstance();
        assertTrue(widget.isSignature("GenuineIntel", 6, 0xF0, 0));
        assertEquals(0x0728_0403, widget.cpuid(0xA, 0, true).eax());
        assertEquals(0x412E, widget.events().find("LLC_MISSES").orElseThrow().encoding());
        assertEquals(0xC3, classes.loadClass("acme.Widget$Msr").getMethod("IA32_PMC", int.class).invoke(null, 2));
        assertEquals(List.of(), widget.design("RegisterOriented").allowances());
    }

    @Test
    void theReadmesProgramComesToWhatItsCommentsSay() throws Exception {
        ModelFolder models = ModelFolder.shipped(folder);
        models.write("acme/Widget.pmu", readmeExample());
        assertFalse(models.compile().failed());
        Map<String, String> sources = new TreeMap<>(models.classes());
        String statements = readmeBlock("java");
        sources.put("acme.Readme", "package acme;\n\nimport dev.vpmu.runtime.hardware.PmuHardware;\nimport dev.vpmu.runtime.hardware.Step;\n\n"
                + "public class Readme {\n    public static long[] run() {\n" + statements + "        return new long[] {cycle, status};\n    }\n}\n");
        long[] results = (long[]) MemoryCompiler.load(sources).loadClass("acme.Readme").getMethod("run").invoke(null);
        assertTrue(statements.contains("// " + results[0] + ": a PMI") && statements.contains("// " + results[1] + ": counter 0"), results[0] + ", " + results[1]);
    }

    @Test
    void noRegisterTakesTheNameOfSomethingElseInGeneratedHardware() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        assertFalse(models.compile().failed());
        Set<String> locals = names("(?<!private )(?:long|int|boolean|Step|Pattern|PmuHardware) (\\w+)(?= =|[,)])", models.classes().get("vpmu.intel.BroadwellEPHardware"));
        assertTrue(locals.containsAll(Set.of("address", "counters", "ofSibling", "room")), locals.toString());
        StringBuilder text = new StringBuilder("package p\n\nimport vpmu.intel.arch.*\n\ncpu Named extends ArchPerfmonV2 {\n    signature Acme family 6 model 1\n"
                + "    counters gp [0..1] width 40 bits\n    counters fixed [0..2] width 40 bits\n");
        int address = 0x800;
        for (String local : locals) {
            text.append("    msr ").append(local.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT)).append(" 0x").append(Integer.toHexString(address++)).append(" is plain\n");
        }
        models.write("p/Named.pmu", text.append("}\n").toString());
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().stream().map(result.check()::show).toList().toString());
        String hardware = models.classes().get("p.NamedHardware");
        MemoryCompiler.load(models.classes());
        assertEquals(Set.of(), names("private long (\\w+);", hardware).stream().filter(locals::contains).collect(Collectors.toSet()));
    }

    @Test
    void noRegisterTakesTheNameOfSomethingElseInGeneratedPerf() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        assertFalse(models.compile().failed());
        Set<String> constants = new TreeSet<>(Set.of("WITH_SMT", "WITHOUT_SMT", "COUNTERS"));
        Stream.of(CounterDriver.class.getDeclaredFields()).filter(field -> Modifier.isStatic(field.getModifiers())).forEach(field -> constants.add(field.getName()));
        assertTrue(constants.containsAll(Set.of("USER", "MOST_LOOKS", "PAIRED")), constants.toString());
        StringBuilder registers = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        int number = 1;
        for (String constant : constants) {
            registers.append("    msr ").append(constant).append(" 0x").append(Integer.toHexString(0x800 + number)).append(" is extra\n");
            rows.append("        0x").append(Integer.toHexString(number++)).append(":0x00  uses ").append(constant).append("  valid 0xFF\n");
        }
        models.write("p/Named.pmu", "package p\n\nimport vpmu.intel.arch.*\n\ncpu Named extends ArchPerfmonV2 {\n    signature Acme family 6 model 1\n"
                + "    counters gp [0..1] width 40 bits\n    counters fixed [0..2] width 40 bits\n" + registers + "    extra needs {\n" + rows + "    }\n}\n");
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().stream().map(result.check()::show).toList().toString());
        String perf = models.classes().get("p.NamedHostPerf");
        MemoryCompiler.load(models.classes());
        assertEquals(Set.of(), names("private static final int (\\w+) =", perf).stream().filter(constants::contains).collect(Collectors.toSet()));
    }

    private static Set<String> names(String pattern, String source) {
        return Pattern.compile(pattern).matcher(source).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theReadmesMistakeGetsTheMessageThatItShows() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        models.write("acme/Widget.pmu", readmeExample().replace("gp[2]", "gp[4]"));
        CompilationResult result = models.compile();
        assertEquals(readmeBlock("text"), result.messages().stream().filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.toString().replaceFirst(" \\(see .*", "") + "\n").reduce("", String::concat));
    }

    /** The block of the README that shows a file. */
    private static String readmeExample() throws IOException {
        return readmeBlock("pmu");
    }

    private static String readmeBlock(String kind) throws IOException {
        String readme = Files.readString(SharedData.checkout().resolve("README.md"), StandardCharsets.UTF_8);
        String fence = "```" + kind + "\n";
        int start = readme.indexOf(fence) + fence.length();
        return readme.substring(start, readme.indexOf("```", start));
    }
}
