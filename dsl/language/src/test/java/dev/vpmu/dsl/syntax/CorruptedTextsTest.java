package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

import org.eclipse.xtext.nodemodel.INode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text, however wrong, gets anything but messages out of the parser. */
class CorruptedTextsTest {

    private static final int COUNT = "full".equals(System.getProperty("vpmu.effort")) ? 5_000 : 500;
    /** Processor time, not the clock's: the machine may be busy with other things. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final List<String> FILES = List.of("architecture.pmu", "events.pmu", "names.pmu");

    @ParameterizedTest
    @ValueSource(strings = { "architecture.pmu", "events.pmu", "names.pmu" })
    void theFilesAreCleanBeforeTheyAreCorrupted(String file) {
        assertEquals(List.of(), Source.of(Source.resource(file)).messages());
    }

    @Test
    void aCorruptedFileGetsMessagesInsideItsTextInShortTime() {
        Source.of(Source.resource("names.pmu") + "}");
        for (int seed = 0; seed < COUNT; seed++)
            readCorrupted(seed);
    }

    /** Texts that once never ended. */
    @ParameterizedTest
    @ValueSource(ints = { 1002 })
    void aCorrectionThatDoesNotHelpIsGivenUp(int seed) {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> readCorrupted(seed));
    }

    private static void readCorrupted(int seed) {
        String text = new TextCorrupter(seed).corrupt(Source.resource(FILES.get(seed % FILES.size())));
        String what = "seed " + seed;
        try {
            check(text, what);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
    }

    private static void check(String text, String what) {
        long start = CPU.getCurrentThreadCpuTime();
        PmuParseResult result = Source.of(text).result;
        long millis = (CPU.getCurrentThreadCpuTime() - start) / 1_000_000;
        assertTrue(millis < 2_000, () -> what + " took " + millis + " ms");
        assertTrue(result.mistakes().size() <= 20, () -> what + ": " + result.mistakes().size() + " messages");
        for (Mistake mistake : result.mistakes()) {
            assertTrue(mistake.offset() >= 0 && mistake.length() >= (text.isEmpty() ? 0 : 1) && mistake.offset() + mistake.length() <= text.length(), () -> what + ": " + mistake);
            assertTrue(mistake.message().length() < 400, () -> what + ": " + mistake);
            assertTrue(mistake.message().codePoints().noneMatch(c -> c < ' ' || c == 0x202E || c == 0xFEFF || c >= 0xD800 && c < 0xE000), () -> what + ": " + mistake);
        }
        assertEquals(List.of(), result.givenUp(), () -> what + ": the generated parser and the automaton disagree");
        if (!result.languageRefused())
            for (INode node : result.getSyntaxErrors())
                assertTrue(node.getSyntaxErrorMessage().getIssueCode().endsWith("Range"), () -> what + ": " + node.getSyntaxErrorMessage().getMessage() + " is left in the tree");
        assertEquals(text, result.getRootNode().getText(), what);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{", "[", "(", "}", "]", ")", "{ }", "layout a { ", "each a { ", "[0]", "a.", "\"", "/*", "//", "\\", "§ ", "=", "1 ", "a ", "package a ", "import ", "bank ", "bank b ", "\n}", "\nlayout a {", "0x", ".." })
    void tenThousandTimesTheSame(String piece) {
        check(piece.repeat(10_000), piece);
        check("package a\nlayout L {\n" + piece.repeat(10_000), piece);
        check("package a\nevents E for P {\n A = 1:2 (" + piece.repeat(10_000) + ")\n}\n", piece);
    }
}
