package dev.vpmu.generator.machine.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.SharedData;
import dev.vpmu.generator.emit.Effort;
import dev.vpmu.runtime.equivalence.Comparison;
import dev.vpmu.runtime.equivalence.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A guest is told by its virtual PMU what hardware of its own would tell it, bit for bit, whatever else its host does; and the host's events
 * count the host. {@code -Dvpmu.seed=…} runs one schedule alone.
 */
class EquivalenceTest {

    private static final int OPERATIONS = Effort.of(1_000_000, 50_000_000);
    /** Schedules in each of which a mistake may show, of which the shortest is printed. */
    private static final int SCHEDULES = Effort.of(400, 4_000);

    static List<Subject> registerOriented() {
        return StudiedCpus.registerOriented();
    }

    @ParameterizedTest(name = "{0}: guests are told what hardware tells, and the host's events count the host")
    @MethodSource("registerOriented")
    void guestsAreToldWhatHardwareTells(Subject subject) {
        Comparison comparison = new Comparison(subject);
        Optional<String> wrong = comparison.run(subject.name().hashCode() * 1_000_003L, OPERATIONS);
        System.out.println(subject + ": " + comparison.tally());
        assertTrue(wrong.isEmpty(), () -> wrong.orElse(""));
    }

    @ParameterizedTest(name = "{0}: what it does not serve is what its page says")
    @MethodSource("registerOriented")
    void whatIsNotServedIsOnThePage(Subject subject) throws IOException {
        String page = Files.readString(SharedData.checkout().resolve("runtime/docs/register-oriented.md"));
        List<String> missing = new Comparison(subject).served().lines().stream().filter(line -> !page.contains("    " + line + "\n")).toList();
        assertEquals(List.of(), missing, subject + ": not on the page");
    }

    static Stream<String> seenByGuests() {
        return StudiedCpus.SEEN_BY_GUESTS.stream();
    }

    @ParameterizedTest(name = "{0} alone is found: a guest is told something else than hardware tells")
    @MethodSource
    void seenByGuests(String mistake) {
        String shown = shown(mistake);
        assertTrue(shown.contains("guest") && !shown.contains("invariant"), shown);
    }

    static Stream<String> seenByTheHost() {
        return StudiedCpus.SEEN_BY_THE_HOST.stream();
    }

    @ParameterizedTest(name = "{0} alone is found: the host's counts, or its hardware, are not as they should be")
    @MethodSource
    void seenByTheHost(String mistake) {
        String shown = shown(mistake);
        assertTrue(shown.contains("invariant") || shown.contains("has counted"), shown);
    }

    private static String shown(String mistake) {
        Comparison comparison = new Comparison(StudiedCpus.mistaken(mistake));
        String shown = comparison.shortest(1, SCHEDULES).orElseThrow(() -> new AssertionError(mistake + " was not found: " + comparison.tally()));
        System.out.println(mistake + ": " + shown);
        return shown;
    }
}
