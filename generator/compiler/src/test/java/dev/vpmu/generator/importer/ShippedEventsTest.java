package dev.vpmu.generator.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.ExtraValue;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.generator.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The events of Broadwell-EP that are shipped, as the language reads and resolves them. */
class ShippedEventsTest {

    private static final Path CPUS = SharedData.checkout().resolve("examples/cpus/src/main");

    /** perf has no way to ask for a fixed counter: it asks for the code that counts the same, and the kernel places it. */
    private static final Map<String, String> DIFFERENT_FROM_PERF = new TreeMap<>(Map.of(
            "inst_retired.any", "0x100,0x0 here is 0xc0,0x0 in perf",
            "cpu_clk_unhalted.thread", "0x200,0x0 here is 0x3c,0x0 in perf",
            "cpu_clk_unhalted.thread_any", "0x200200,0x0 here is 0x20003c,0x0 in perf"));

    private static CpuModel cpu;
    private static List<EventModel> events;

    @BeforeAll
    static void readTheShippedFiles() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CPUS.resolve("pmu/vpmu"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".pmu")).sorted().toList()) {
                sources.add(Source.read(file));
            }
        }
        CheckResult result = PmuChecker.standalone().check(sources);
        assertEquals(List.of(), result.findings().stream().filter(finding -> finding.severity() == Severity.ERROR).map(Finding::toString).toList());
        cpu = result.model().orElseThrow().cpus().stream().filter(model -> model.name().equals("BroadwellEP")).findFirst().orElseThrow();
        events = cpu.events().stream().filter(event -> event.origin().declaredIn().equals("BroadwellServerEvents")).toList();
    }

    @Test
    void allEventsOfTheVendorAreThere() {
        assertEquals(375, events.size());
    }

    @Test
    void everyEventHasACounterAndWritesRecordsOnlyWhereTheCpuCan() {
        for (EventModel event : events) {
            assertTrue(event.counters() != 0, event.name());
            assertEquals(0, event.preciseCounters() & ~0xF, event.name());
            assertEquals(0, event.preciseCounters() & ~event.counters(), event.name());
        }
        assertEquals(45, events.stream().filter(event -> event.preciseCounters() != 0).count());
    }

    @Test
    void everyPeriodFitsItsCounter() {
        for (EventModel event : events) {
            assertTrue(event.period() >= 101 && event.period() < 1L << 47, event.name());
        }
    }

    @Test
    void everyExtraValueFitsItsRegister() {
        for (EventModel event : events) {
            event.extra().ifPresent(extra -> {
                for (ExtraRow row : cpu.extras().stream().filter(model -> model.name().equals(extra.extra())).findFirst().orElseThrow().rows()) {
                    assertEquals(0, extra.value() & ~row.validBits(), event.name());
                }
            });
        }
        assertEquals(39, events.stream().filter(event -> event.extra().isPresent()).count());
    }

    @Test
    void everyGenericEventOfPerfIsThereOnce() {
        Map<String, String> roles = new TreeMap<>();
        events.forEach(event -> event.role().ifPresent(role -> assertEquals(null, roles.put(role.toString(), event.name()))));
        assertEquals(8, roles.size(), roles::toString);
        assertTrue(roles.containsValue("INST_RETIRED.ANY_P") && roles.containsValue("CPU_CLK_UNHALTED.THREAD_P"), roles::toString);
    }

    @Test
    void everyEncodingIsPerfsButForTheFixedCounters() throws IOException {
        Map<String, String> perf = new TreeMap<>();
        for (String line : Files.readAllLines(shared().resolve("oracle/perf/bdx.tsv"))) {
            String[] cells = line.split("\t");
            perf.put(cells[0], cells[3] + "," + cells[4]);
        }
        perf.remove("event");
        Map<String, String> ours = events.stream().collect(Collectors.toMap(event -> event.name().toLowerCase(Locale.ROOT), ShippedEventsTest::config));
        assertEquals(perf.keySet(), new TreeMap<>(ours).keySet());
        Map<String, String> different = new TreeMap<>();
        perf.forEach((name, config) -> {
            if (!config.equals(ours.get(name))) {
                different.put(name, ours.get(name) + " here is " + config + " in perf");
            }
        });
        assertEquals(DIFFERENT_FROM_PERF, different);
    }

    @Test
    void theImporterMakesTheShippedFileAgain() throws IOException {
        Path json = shared().resolve("perfmon/BDX/events/broadwellx_core.json");
        ImportResult result = PerfmonImporter.importEvents(json, ImportOptions.read(CPUS.resolve("import/BroadwellServerEvents.json")));
        assertEquals(1, result.files().size());
        assertEquals(Files.readString(CPUS.resolve("pmu/vpmu/intel/BroadwellServerEvents.pmu")), result.files().get(0).text());
        assertEquals(3, result.remarks().size(), result.remarks()::toString);
    }

    private static Path shared() {
        assumeTrue(SharedData.find().isPresent(), "no shared data beside this checkout");
        return SharedData.find().get();
    }

    /** As perf's raw event and its config1; a fixed counter by the pseudo code that the vendor's file has for it. */
    private static String config(EventModel event) {
        long config;
        if (event.encoding() instanceof EventEncoding.Fixed fixed) {
            int index = fixed.globalIndex() - 32;
            config = index + 1 << 8 | (fixed.control() >>> 4 * index + 2 & 1) << 21;
        } else {
            config = ((EventEncoding.Programmable) event.encoding()).selector();
        }
        return "0x" + Long.toHexString(config) + ",0x" + Long.toHexString(event.extra().map(ExtraValue::value).orElse(0L));
    }
}
