package dev.vpmu.generator.hardware.suite;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test that does not apply to a CPU is not there; here stands which are there, so that none goes missing unnoticed. */
class CompletenessTest {

    private static final List<String> IDS = List.of("HW-1", "HW-2", "HW-3", "HW-4", "HW-5", "HW-6", "HW-7", "HW-8", "HW-9", "HW-10", "HW-11", "KUT", "SELF");
    private static final int TESTS = 84;
    private static final int DRAWN_AT_LEAST = 3;

    /* What does not apply, by what the CPU lacks. */
    private static final String INTEL = "ConditionTest.tableByHand RdpmcTest.architecturalTypes ResetTest.byHand SelftestsTest.fixedCounters "
            + "SelftestsTest.globalControl SelftestsTest.gpCounters UnitTestsOverflowTest.fullWidthOverflow UnitTestsOverflowTest.fullWidthReads "
            + "UnitTestsOverflowTest.invalidRdpmc UnitTestsOverflowTest.rdpmc VersionGateTest.registersOfVersions VersionGateTest.selectorBits "
            + "VersionGateTest.statusRegisters WriteTest.fixed WriteTest.fullWidth WriteTest.legacy WriteTest.noFullWidth FreezeTest.legacyStyle "
            + "FreezeTest.streamlinedStyle UsageTest.byHand";
    private static final String SEVEN_EVENTS = "SelftestsTest.archEvents SelftestsTest.fixedTwins UnitTestsOverflowTest.overflow UnitTestsTest.allCounters "
            + "UnitTestsTest.cmask UnitTestsTest.emulatedInstruction UnitTestsTest.exactCounts UnitTestsTest.fixedCounters UnitTestsTest.gpCounters "
            + "UnitTestsTest.runningCounterWrmsr UnitTestsTest.transactions";
    private static final String GLOBALS = "FreezeTest.branchesWithoutFlag FreezeTest.droppedRequests FreezeTest.freezesBranches "
            + "FreezeTest.freezesWhenRaised FreezeTest.legacyStyle FreezeTest.mergedRequests FreezeTest.withoutFlag OverflowTest.minusOne OverflowTest.minusTwo OverflowTest.wrapAsksForPmi OverflowTest.wrapSetsStatus "
            + "OverflowTest.writesDoNotOverflow SelftestsTest.fixedCounters SelftestsTest.fixedTwins SelftestsTest.globalControl "
            + "UnitTestsOverflowTest.overflow UnitTestsTest.emulatedInstruction UnitTestsTest.fixedCounters VersionGateTest.statusRegisters WriteTest.fixed";
    private static final String VERSION_4 = "FreezeTest.streamlinedStyle UsageTest.anyInterrupt UsageTest.byHand UsageTest.inUse";
    private static final String BEFORE_VERSION_4 = "FreezeTest.legacyStyle";
    private static final String FULL_WIDTH = "UnitTestsOverflowTest.fullWidthOverflow UnitTestsOverflowTest.fullWidthReads WriteTest.fullWidth";
    private static final String NO_FULL_WIDTH = "WriteTest.noFullWidth";
    private static final String ANY_THREAD = "InterruptTest.siblingsWork";
    private static final String TRANSACTIONS = "PredicateTest.transactions UnitTestsTest.transactions";
    private static final String CHECKPOINTS = "UnitTestsTest.transactions";
    private static final String STAYS_UNMASKED = "InterruptTest.staysUnmasked";
    private static final String MASKS_ITSELF = "InterruptTest.masksItself";
    private static final String USER_READ_DISABLE = "RdpmcTest.userReadDisable";
    private static final String SHARED_REGISTER = "WriteTest.sharedRegisters";
    private static final String BRANCH_FREEZE = "FreezeTest.branchesWithoutFlag FreezeTest.freezesBranches";
    private static final String EXTRAS = "PredicateTest.extraRegisters";

    private static final Map<String, List<String>> NOT_ON = Map.ofEntries(
            entry("vpmu.intel.BroadwellEP with SMT", VERSION_4, NO_FULL_WIDTH, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER),
            entry("vpmu.intel.BroadwellEP without SMT", VERSION_4, NO_FULL_WIDTH, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER),
            entry("sketched.SmallV1", GLOBALS, VERSION_4, FULL_WIDTH, ANY_THREAD, TRANSACTIONS, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER, EXTRAS),
            entry("sketched.SmallV2", VERSION_4, FULL_WIDTH, ANY_THREAD, TRANSACTIONS, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER, EXTRAS),
            entry("sketched.SmallV4 with SMT", BEFORE_VERSION_4, NO_FULL_WIDTH, CHECKPOINTS, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER, EXTRAS),
            entry("sketched.SmallV4 without SMT", BEFORE_VERSION_4, NO_FULL_WIDTH, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER, EXTRAS),
            entry("sketched.PlainV4", BEFORE_VERSION_4, FULL_WIDTH, TRANSACTIONS, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER, EXTRAS),
            entry("sketched.SmallV5", BEFORE_VERSION_4, NO_FULL_WIDTH, ANY_THREAD, STAYS_UNMASKED, USER_READ_DISABLE, SHARED_REGISTER, EXTRAS),
            entry("sketched.Odd with SMT", INTEL, SEVEN_EVENTS, MASKS_ITSELF, BRANCH_FREEZE),
            entry("sketched.Odd without SMT", INTEL, SEVEN_EVENTS, MASKS_ITSELF, BRANCH_FREEZE),
            entry("suite.Fivefold", INTEL, STAYS_UNMASKED));

    private static Map.Entry<String, List<String>> entry(String cpu, String... lacks) {
        return Map.entry(cpu, Stream.of(lacks).flatMap(tests -> Stream.of(tests.split(" "))).sorted().distinct().toList());
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

    private static Set<String> missing(TestedCpu cpu) {
        return tests().stream().filter(test -> !EveryCpu.applies(test, cpu)).map(CompletenessTest::name).collect(Collectors.toCollection(TreeSet::new));
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
        Map<String, List<String>> missing = new TreeMap<>();
        List<TestedCpu> named = TestedCpus.all().stream().filter(cpu -> cpu.drawn().isEmpty()).toList();
        named.forEach(cpu -> missing.put(cpu.toString(), List.copyOf(missing(cpu))));
        Map<String, List<String>> expected = new TreeMap<>();
        NOT_ON.forEach((cpu, tests) -> {
            expected.put(cpu, tests);
            expected.put(cpu + ", interpreted", tests);
        });
        assertEquals(expected, missing);
    }

    @Test
    void whatNeedsNoNamesRunsOnSeveralDrawnCpus() {
        Set<String> ofNames = NOT_ON.get("sketched.Odd with SMT").stream().filter(test -> (INTEL + " " + SEVEN_EVENTS).contains(test))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Method test : tests()) {
            long cpus = TestedCpus.all().stream().filter(cpu -> cpu.drawn().isPresent() && EveryCpu.applies(test, cpu)).count();
            assertTrue(cpus >= DRAWN_AT_LEAST || ofNames.contains(name(test)), name(test) + " runs on " + cpus + " of them");
        }
    }
}
