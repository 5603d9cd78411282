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
    private static final int TESTS = 76;
    private static final int DRAWN_AT_LEAST = 3;

    private static final String FIXED = " UnitTestsTest.fixedCounters SelftestsTest.fixedTwins";

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
    void print() {
        TestedCpus.all().stream().filter(cpu -> cpu.drawn().isEmpty()).forEach(cpu -> System.out.println(cpu + " -> " + missing(cpu)));
        Map<String, Integer> runs = new TreeMap<>();
        tests().forEach(test -> runs.put(name(test), (int) TestedCpus.all().stream().filter(cpu -> cpu.drawn().isPresent() && EveryCpu.applies(test, cpu)).count()));
        System.out.println(runs);
    }
}
