package dev.vpmu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Rule;
import dev.vpmu.dsl.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule has a page, a file that it is silent about, and a file that it alone refuses. */
class RulePagesTest {

    private static final Path PAGES = Path.of("..", "docs", "rules");

    /** What the parser and the linker report has no rule class, but a page all the same. */
    private static final Set<String> BUILT_IN = Set.of("PMU0000", "PMU0001", "PMU0004", "PMU0008");

    static Stream<String> pages() throws IOException {
        try (Stream<Path> folders = Files.list(PAGES)) {
            return folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    static Stream<Rule> rules() {
        return new RuleBook().rules().stream();
    }

    @Test
    void everyRuleHasAPageAndEveryPageARule() throws IOException {
        Set<String> ids = rules().map(rule -> rule.facts().id()).collect(Collectors.toCollection(TreeSet::new));
        ids.addAll(BUILT_IN);
        assertEquals(List.copyOf(ids), pages().toList());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void thePageSaysTheRulesSentence(Rule rule) throws IOException {
        String page = Files.readString(PAGES.resolve(rule.facts().id()).resolve("README.md"));
        assertTrue(page.startsWith("# " + rule.facts().id() + " (" + rule.facts().severity().text() + ")\n\n" + rule.facts().summary() + "\n"), page);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theGoodFileIsSilent(String id) throws IOException {
        CheckResult result = PmuChecker.standalone().check(sources(id, "good"));
        assertEquals(List.of(), result.findings());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theBadFileIsRefusedByThisRuleAlone(String id) throws IOException {
        List<Source> sources = sources(id, "bad");
        CheckResult result = ExpectedFindings.check(sources.toArray(Source[]::new));
        assertEquals(Set.of(id), result.findings().stream().map(Finding::id).collect(Collectors.toSet()));
    }

    /** {@code bad.pmu}, or the files of the folder {@code bad} where it takes several. */
    private static List<Source> sources(String id, String kind) throws IOException {
        Path single = PAGES.resolve(id).resolve(kind + ".pmu");
        if (Files.exists(single)) {
            return List.of(Source.read(single));
        }
        try (Stream<Path> files = Files.list(PAGES.resolve(id).resolve(kind))) {
            List<Source> sources = new java.util.ArrayList<>();
            for (Path file : files.sorted().toList()) {
                sources.add(Source.read(file));
            }
            return sources;
        }
    }
}
