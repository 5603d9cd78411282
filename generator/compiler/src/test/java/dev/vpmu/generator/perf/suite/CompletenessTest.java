package dev.vpmu.generator.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test that does not apply to a CPU is not there; here stands which are there, so that none goes missing unnoticed. */
class CompletenessTest {

    private static final List<String> IDS = List.of("PERF-1", "PERF-2", "PERF-3", "PERF-4", "PERF-5", "PERF-6", "PERF-7", "PERF-8", "PERF-9", "PERF-10",
            "PERF-11", "PERF-12", "§2.11", "§3.1", "§4.1", "§4.2", "§4.3", "§4.4", "§4.5", "§4.6", "§4.7");
    private static final int TESTS = 118;
    private static final int DRAWN_AT_LEAST = 6;

    /* What does not apply, by what the CPU lacks. */
    private static final String NO_ROWS = "PlacesTest.backTracking PlacesTest.both PlacesTest.narrow PlacesTest.narrowBeforeWide PlacesTest.paired "
            + "PlacesTest.single PlacesTest.threshold PeriodsTest.leastPeriod PeriodsTest.withModifiers PeriodsTest.zeroBits SiblingsTest.alone "
            + "SiblingsTest.closesTheCounter SiblingsTest.halves WatchdogTest.elsewhere";
    private static final String BROADWELL = "BroadwellTest.disableAndEnable BroadwellTest.fixed BroadwellTest.lowerHalf BroadwellTest.modified "
            + "BroadwellTest.periods BroadwellTest.reference BroadwellTest.siblings BroadwellTest.single BroadwellTest.watchdog BroadwellTest.weight";
    private static final String NARROW = "PlacesTest.narrow PlacesTest.narrowBeforeWide";
    private static final String OVERLAPPING = "PlacesTest.backTracking";
    private static final String PAIRED = "PlacesTest.paired";
    private static final String EXCLUSIVE = "SiblingsTest.alone SiblingsTest.closesTheCounter SiblingsTest.halves";
    private static final String HAS_EXCLUSIVE = "SiblingsTest.nothingHalved";
    private static final String FIXED = "PlacesTest.both PlacesTest.fixedOnly PlacesTest.threshold WatchdogTest.elsewhere EventTableTest.fixedElsewhere";
    private static final String EXTRAS = "ExtrasTest.otherValue ExtrasTest.sameValue ExtrasTest.shared ExtrasTest.value";
    private static final String SHARED_EXTRAS = "ExtrasTest.shared";
    private static final String PRECISE = "PreciseTest.counters PreciseTest.enabled PreciseTest.leastPeriods";
    private static final String PRECISE_PERIODS = "PreciseTest.leastPeriods";
    private static final String HAS_PRECISE = "PreciseTest.refused";
    private static final String CHECKPOINTED = "ModesTest.checkpointed ModesTest.checkpointedSampling ModesTest.goesBack";
    private static final String HAS_CYCLES = "WatchdogTest.withoutCycles";
    private static final String GLOBALS = "InterruptTest.disabledMeanwhile InterruptTest.early InterruptTest.frozen ModesTest.afterPmi ModesTest.excludeHost";
    private static final String EARLY = "InterruptTest.late";
    private static final String LATE = "InterruptTest.early";
    private static final String STAYS_UNMASKED = "InterruptTest.early InterruptTest.late";

    private static final Map<String, Set<String>> NOT_ON = Map.ofEntries(
            entry("vpmu.intel.BroadwellEP with SMT", NARROW, OVERLAPPING, PAIRED, EXCLUSIVE, SHARED_EXTRAS, PRECISE_PERIODS, HAS_PRECISE, HAS_CYCLES, LATE),
            entry("vpmu.intel.BroadwellEP without SMT", OVERLAPPING, PAIRED, EXCLUSIVE, SHARED_EXTRAS, PRECISE_PERIODS, HAS_PRECISE, HAS_CYCLES, LATE),
            entry("suite.Eight", BROADWELL, OVERLAPPING, PAIRED, EXCLUSIVE, HAS_PRECISE, HAS_CYCLES, LATE),
            entry("suite.Overlap", BROADWELL, FIXED, PAIRED, EXCLUSIVE, PRECISE, CHECKPOINTED, HAS_CYCLES, STAYS_UNMASKED),
            entry("suite.Fivefold", BROADWELL, OVERLAPPING, HAS_EXCLUSIVE, SHARED_EXTRAS, PRECISE, HAS_CYCLES, EARLY),
            entry("sketched.SmallV1", BROADWELL, NO_ROWS, FIXED, EXTRAS, PRECISE, CHECKPOINTED, GLOBALS, HAS_CYCLES, EARLY),
            entry("sketched.SmallV2", BROADWELL, NO_ROWS, EXTRAS, PRECISE, CHECKPOINTED, HAS_CYCLES, EARLY),
            entry("sketched.SmallV4 with SMT", BROADWELL, NO_ROWS, EXTRAS, PRECISE, CHECKPOINTED, HAS_CYCLES, EARLY),
            entry("sketched.SmallV4 without SMT", BROADWELL, NO_ROWS, EXTRAS, PRECISE, HAS_CYCLES, EARLY),
            entry("sketched.PlainV4", BROADWELL, NO_ROWS, EXTRAS, PRECISE, CHECKPOINTED, HAS_CYCLES, EARLY),
            entry("sketched.SmallV5", BROADWELL, NO_ROWS, EXTRAS, PRECISE, HAS_CYCLES, EARLY));

    private static Map.Entry<String, Set<String>> entry(String cpu, String... lacks) {
        return Map.entry(cpu, new TreeSet<>(Stream.of(lacks).flatMap(tests -> Stream.of(tests.split(" "))).toList()));
    }

    private static List<Method> tests() {
        try {
            Path classes = Path.of(CompletenessTest.class.getResource("CompletenessTest.class").toURI()).getParent();
            List<Method> tests = new ArrayList<>();
            try (Stream<Path> files = Files.list(classes)) {
                for (Path file : files.filter(path -> path.getFileName().toString().endsWith("Test.class")).sorted().toList()) {
                    String name = file.getFileName().toString();
                    Class<?> type = Class.forName(CompletenessTest.class.getPackageName() + "." + name.substring(0, name.length() - 6));
                    Stream.of(type.getDeclaredMethods()).filter(method -> method.isAnnotationPresent(OnEveryCpu.class)).forEach(tests::add);
                }
            }
            return tests;
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }

    @Test
    void everyTestBeginsWithAnIdAndEveryIdHasTests() {
        assertEquals(TESTS, tests().size());
        Set<String> ids = new TreeSet<>();
        for (Method test : tests()) {
            String sentence = test.getAnnotation(OnEveryCpu.class).value();
            assertTrue(IDS.contains(sentence.substring(0, sentence.indexOf(' '))), sentence);
            ids.add(sentence.substring(0, sentence.indexOf(' ')));
        }
        assertEquals(new TreeSet<>(IDS), ids);
    }

    @Test
    void everyNamedCpuRunsAllTestsButThoseOfWhatItLacks() {
        Map<String, Set<String>> missing = new TreeMap<>();
        PerfCpus.all().stream().filter(cpu -> cpu.drawn().isEmpty()).forEach(cpu -> missing.put(cpu.toString(),
                new TreeSet<>(tests().stream().filter(test -> !EveryCpu.applies(test, cpu)).map(CompletenessTest::name).toList())));
        assertEquals(new TreeMap<>(NOT_ON), missing);
    }

    @Test
    void whatNeedsNothingRunsOnSeveralDrawnCpusToo() {
        List<PerfCpu> drawn = PerfCpus.all().stream().filter(cpu -> cpu.drawn().isPresent()).toList();
        assertTrue(Long.getLong("vpmu.seed") != null || drawn.size() >= DRAWN_AT_LEAST, drawn::toString);
        tests().stream().filter(test -> test.getAnnotation(OnEveryCpu.class).needs().length == 0)
                .forEach(test -> assertTrue(drawn.stream().allMatch(cpu -> EveryCpu.applies(test, cpu)), name(test)));
    }
}
