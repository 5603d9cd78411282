package dev.vpmu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in different elements of the shipped models: each is reported once, and nothing follows from any of them. */
class IndependentMistakesTest {

    private static final int COUNT = "full".equals(System.getProperty("vpmu.effort")) ? 5_000 : 150;
    private static final long SEED = Long.getLong("vpmu.seed", 20261123);
    private static final Path MODELS = Path.of("..", "..", "examples", "cpus", "src", "main", "pmu", "vpmu", "intel");
    private static final String ARCHITECTURE = "arch/architecture.pmu";
    private static final String CPU = "BroadwellEP.pmu";
    private static final String EVENTS = "BroadwellServerEvents.pmu";
    private static final String POLICIES = "../policies/policies.pmu";

    /** A text that stands once in a file, what takes its place, and the rule that then speaks about that element. */
    private record Slip(String file, String element, String right, String wrong, String rule) {

        @Override
        public String toString() {
            return element + ": " + right + " -> " + wrong;
        }
    }

    private static final List<Slip> SYNTAX = List.of(
            new Slip(ARCHITECTURE, "FixedControl", "layout FixedControl from", "layut FixedControl from", "PMU0000"),
            new Slip(ARCHITECTURE, "DebugControl", "btf                    [1]", "btf                    1]", "PMU0000"),
            new Slip(ARCHITECTURE, "ArchPerfmonV1", "index [15:0]  exit before fault", "index [15:0]  exit befor fault", "PMU0000"),
            new Slip(ARCHITECTURE, "ExitControls", "[62]  is capability", "[62  is capability", "PMU0000"),
            new Slip(ARCHITECTURE, "MiscEnable", "pebs_unavailable   [12]", "pebs_unavailable   [12] is", "PMU0000"),
            new Slip(CPU, "Broadwell", "precise records format 2", "precise records formt 2", "PMU0000"),
            new Slip(CPU, "Broadwell", "at least 128", "at leest 128", "PMU0000"),
            new Slip(CPU, "Broadwell", "pmi through LVTPC masks itself", "pmi through masks itself", "PMU0000"),
            new Slip(CPU, "BroadwellEP", "cpu BroadwellEP extends", "cpu BroadwellEP extnds", "PMU0000"),
            new Slip(EVENTS, "BroadwellServerEvents", "BACLEARS.ANY = 0xE6", "BACLEARS.ANY 0xE6", "PMU0000"),
            new Slip(EVENTS, "BroadwellServerEvents", "0x14:0x01  period 2000003", "0x14:  period 2000003", "PMU0000"),
            new Slip(POLICIES, "EventOriented", "intercept clear         read 0       write", "intercept clear         raed 0       write", "PMU0000"),
            new Slip(POLICIES, "RegisterOriented", "take remembered", "take remembred", "PMU0000"));

    private static final List<Slip> MEANING = List.of(
            new Slip(ARCHITECTURE, "TopdownMetrics", "bad_spec       [15:8]", "bad_spec       [15:6]", "PMU0101"),
            new Slip(ARCHITECTURE, "EventSelect", "inv    [23]", "inv    [22]", "PMU0101"),
            new Slip(ARCHITECTURE, "GlobalInUse", "pmi  [63]", "pmi  [64]", "PMU0102"),
            new Slip(ARCHITECTURE, "PerfCapabilities", "[11:8]  is capability pebs_format", "[8:11]  is capability pebs_format", "PMU0104"),
            new Slip(ARCHITECTURE, "ArchPerfmonV2", "IA32_PERF_GLOBAL_CTRL      0x38F", "IA32_PERF_GLOBAL_CTRL      0x38E", "PMU0201"),
            new Slip(ARCHITECTURE, "ArchPerfmonV5", "has any_thread_deprecated", "has any_thread_depreceted", "PMU0001"),
            new Slip(CPU, "Broadwell", "MSR_LBR_SELECT               0x1C8", "MSR_LBR_SELECT               0x1C9", "PMU0201"),
            new Slip(CPU, "Broadwell", "uses MSR_OFFCORE_RSP_1", "uses MSR_OFFCORE_RSP_9", "PMU0001"),
            new Slip(CPU, "Broadwell", "pebs_format = 2", "pebs_format = 200", "PMU0402"),
            new Slip(CPU, "Broadwell", "width 48 bits\n        from \"CPUID leaf 0xA of an E5-2640 v4, LIKWID issue 133\"\n\n",
                    "width 80 bits\n        from \"CPUID leaf 0xA of an E5-2640 v4, LIKWID issue 133\"\n\n", "PMU0301"),
            new Slip(CPU, "Broadwell", "0x48:0x01            on gp[2]", "0x48:0x01            on gp[9]", "PMU0304"),
            new Slip(CPU, "Broadwell", "0xA3 umask has 0x08", "0xA3..0xA1 umask has 0x08", "PMU0603"),
            new Slip(CPU, "BroadwellEP", "model 0x4F", "model 0x4G", "PMU0004"),
            new Slip(EVENTS, "BroadwellServerEvents", "BACLEARS.ANY = 0xE6:0x1F", "ARITH.FPU_DIV_ACTIVE = 0xE6:0x1F", "PMU0503"),
            new Slip(EVENTS, "BroadwellServerEvents", "0xE6:0x1F  period 100003", "0xE6:0x1F  period 0x1_0000_0000_0000", "PMU0508"),
            new Slip(EVENTS, "BroadwellServerEvents", "ARITH.FPU_DIV_ACTIVE = 0x14:0x01", "ARITH.FPU_DIV_ACTIVE = 0x114:0x01", "PMU0501"),
            new Slip(EVENTS, "BroadwellServerEvents", "0x48:0x01 (cmask 1)       on gp[2]", "0x48:0x01 (cmak 1)       on gp[2]", "PMU0001"),
            new Slip(POLICIES, "EventOriented2018", "hide      msr IA32_A_PMC", "hide      msr IA32_A_PCM", "PMU0001"),
            new Slip(POLICIES, "RegisterOriented", "exit host & ~owned  by controls", "by controls", "PMU0903"),
            new Slip(POLICIES, "RegisterOrientedAsPosted", "forbids nothing", "forbids nothing\n    forbids edge detect", "PMU0908"));

    static Stream<Slip> slips() {
        return Stream.concat(SYNTAX.stream(), MEANING.stream());
    }

    private static Map<String, String> models() throws IOException {
        Map<String, String> models = new LinkedHashMap<>();
        for (String file : List.of(ARCHITECTURE, CPU, EVENTS, POLICIES)) {
            models.put(file, Files.readString(MODELS.resolve(file)));
        }
        return models;
    }

    private static void expect(List<Slip> slips, String what) throws IOException {
        Map<String, String> models = models();
        for (Slip slip : slips) {
            String text = models.get(slip.file());
            int at = text.indexOf(slip.right());
            assertNotEquals(-1, at, () -> "the models no longer have " + slip);
            models.put(slip.file(), text.substring(0, at) + slip.wrong() + text.substring(at + slip.right().length()));
        }
        List<Source> sources = models.entrySet().stream().map(model -> new Source(model.getKey(), model.getValue())).toList();
        var result = PmuChecker.standalone().check(sources);
        List<String> found = result.findings().stream().filter(finding -> finding.severity() != Severity.INFORMATION).map(result::show).toList();
        List<String> rules = slips.stream().map(Slip::rule).sorted().toList();
        assertEquals(rules, result.findings().stream().filter(finding -> finding.severity() != Severity.INFORMATION).map(finding -> finding.id()).sorted().toList(),
                () -> what + "\n" + String.join("\n", slips.stream().map(Slip::toString).toList()) + "\ngave\n" + String.join("\n", found));
    }

    @ParameterizedTest
    @MethodSource("slips")
    void oneMistakeIsOneMessage(Slip slip) throws IOException {
        expect(List.of(slip), "one mistake");
    }

    @Test
    void fiveMistakesInFiveElementsAreFiveMessages() throws IOException {
        Random random = new Random(SEED);
        Set<String> seen = new TreeSet<>();
        for (int round = 0; round < COUNT; round++) {
            List<Slip> five = new ArrayList<>();
            Set<String> elements = new HashSet<>();
            draw(SYNTAX, 2, random, five, elements);
            draw(MEANING, 3, random, five, elements);
            expect(five, "-Dvpmu.seed=" + SEED + ", round " + round);
            five.forEach(slip -> seen.add(slip.toString()));
        }
        assertEquals(SYNTAX.size() + MEANING.size(), seen.size(), "every slip was drawn");
    }

    private static void draw(List<Slip> from, int count, Random random, List<Slip> drawn, Set<String> elements) {
        List<Slip> shuffled = new ArrayList<>(from);
        Collections.shuffle(shuffled, random);
        int left = count;
        for (Slip slip : shuffled) {
            if (left > 0 && elements.add(slip.element())) {
                drawn.add(slip);
                left--;
            }
        }
    }
}
