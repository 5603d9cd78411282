package dev.vpmu.generator.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Declarations drive the code: neither what generates nor what runs knows a policy or a CPU that is shipped. */
class ShippedNamesTest {

    private static final Pattern DECLARED = Pattern.compile("(?m)^(?:policy|cpu)\\s+(\\w+)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Path ROOT = SharedData.checkout();
    private static final List<String> SOURCES = List.of("runtime/core/src/main", "generator/compiler/src/main", "generator/maven-plugin/src/main");

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Set<String> shipped() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files("examples/cpus/src/main/pmu")) {
            DECLARED.matcher(Files.readString(file)).results().map(match -> match.group(1)).forEach(names::add);
        }
        return names;
    }

    @Test
    void thereArePoliciesAndCpusToLookFor() throws IOException {
        assertTrue(shipped().containsAll(Set.of("BroadwellEP", "EventOriented", "EventOriented2018", "RegisterOriented", "RegisterOrientedAsPosted")),
                () -> "a policy or a CPU is no longer found");
    }

    @Test
    void noTemplateAndNoRuntimeClassHoldsTheNameOfAShippedPolicyOrCpu() throws IOException {
        Set<String> names = shipped();
        // a library's class may be named for an idea that a policy is named for, too
        Set<String> classes = files("runtime/core/src/main").stream().map(file -> file.getFileName().toString().replaceFirst("\\..*", "")).collect(Collectors.toSet());
        classes.removeAll(names);
        List<String> found = new ArrayList<>();
        for (String folder : SOURCES) {
            for (Path file : files(folder)) {
                String text = file.getFileName() + "\n" + Files.readString(file);
                WORD.matcher(text).results().map(MatchResult::group).filter(word -> !classes.contains(word))
                        .filter(word -> names.stream().anyMatch(name -> word.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))))
                        .forEach(word -> found.add(ROOT.relativize(file) + ": " + word));
            }
        }
        assertEquals(List.of(), found);
    }
}
