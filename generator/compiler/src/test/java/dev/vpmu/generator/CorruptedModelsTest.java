package dev.vpmu.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.syntax.TextCorrupter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped models with slips, cuts and rubbish in them, through the whole compiler. */
class CorruptedModelsTest {

    private static final int COUNT = "full".equals(System.getProperty("vpmu.effort")) ? 5_000 : 500;
    /** Processor time of this thread: the machine may be busy with other things. */
    private static final long MOST_MILLIS = 2_000;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final List<String> FILES = List.of("vpmu/intel/BroadwellEP.pmu", "vpmu/intel/arch/architecture.pmu",
            "vpmu/intel/BroadwellServerEvents.pmu");

    @TempDir
    private Path folder;

    @Test
    void everyVariantEndsInShortTimeWithMessagesOrWithWholeOutput() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        models.compile();
        Map<String, String> clean = models.outputs();
        for (int seed = 0; seed < COUNT; seed++) {
            String file = FILES.get(seed % FILES.size());
            String text = models.read(file);
            models.write(file, new TextCorrupter(seed).corrupt(text));
            Map<String, String> before = models.outputs();
            check(models, before, "seed " + seed + " on " + file);
            models.write(file, text);
        }
        models.compile();
        assertEquals(clean, models.outputs());
    }

    private static void check(ModelFolder models, Map<String, String> before, String what) throws IOException {
        long start = CPU.getCurrentThreadCpuTime();
        CompilationResult result;
        try {
            result = models.compile();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
        long millis = (CPU.getCurrentThreadCpuTime() - start) / 1_000_000;
        assertTrue(millis < MOST_MILLIS, what + " took " + millis + " ms");
        assertTrue(result.messages().size() <= CompilationResult.MOST_MESSAGES, what);
        for (Finding finding : result.messages()) {
            String line = result.check().show(finding);
            assertTrue(finding.id().matches("PMU\\d{4}"), what + ": " + line);
            assertTrue(line.chars().noneMatch(Character::isISOControl) && !line.contains("Exception") && !line.contains("null"), what + ": " + line);
        }
        if (result.failed()) {
            assertEquals(before, models.outputs(), what + " failed, and yet wrote");
        }
    }
}
