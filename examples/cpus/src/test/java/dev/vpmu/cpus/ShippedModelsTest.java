package dev.vpmu.cpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.PmuStandalone;
import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.format.PmuFormatter;
import dev.vpmu.dsl.rules.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every model that is shipped. */
class ShippedModelsTest {

    private static final int LONGEST_FILE = 2_500;

    static List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "pmu"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".pmu")).sorted().toList()) {
                sources.add(Source.read(file));
            }
        }
        assertTrue(sources.size() >= 3);
        return sources;
    }

    @Test
    void noRuleHasAnErrorOrAWarning() throws IOException {
        CheckResult result = PmuChecker.standalone().check(sources());
        assertEquals(List.of(), result.findings().stream().filter(finding -> finding.severity() != Severity.INFORMATION).map(result::show).toList());
    }

    @Test
    void everyFactNamesItsSourceOrIsMarkedAssumed() throws IOException {
        CheckResult result = PmuChecker.standalone().check(sources());
        assertEquals(List.of(), result.findings().stream().filter(finding -> finding.id().equals("PMU0003")).map(result::show).toList());
    }

    @Test
    void everyFileIsFormattedAndShort() throws IOException {
        for (Source source : sources()) {
            assertEquals(PmuStandalone.get(PmuFormatter.class).format(source.text()), source.text(), source.name());
            assertTrue(source.text().lines().count() <= LONGEST_FILE, source.name());
        }
    }

    @Test
    void everyFileLiesWhereItsPackageSays() throws IOException {
        for (Source source : sources()) {
            String packageLine = source.text().lines().filter(line -> line.startsWith("package ")).findFirst().orElseThrow();
            String folder = packageLine.substring("package ".length()).strip().replace('.', '/');
            assertEquals(folder, Path.of("src", "main", "pmu").relativize(Path.of(source.name()).getParent()).toString().replace('\\', '/'), source.name());
        }
    }
}
