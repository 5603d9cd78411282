package dev.vpmu.generator.hardware;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.ModelFolder;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler makes of the texts, and of Broadwell-EP's, what the sketches by hand say. */
class SketchedCpusTest {

    @TempDir
    private Path folder;

    @Test
    void sketchesSayWhatTheCompilerMakesOfTheTexts() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        for (DescribedCpu cpu : SketchedCpus.described()) {
            models.write(cpu.path(), cpu.text());
        }
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().stream().map(result.check()::show).toList().toString());
        SketchComparison.assertSame(SketchedCpus.broadwellEp(), result, "");
        SketchedCpus.described().forEach(cpu -> SketchComparison.assertSame(cpu.sketch(), result, cpu.text()));
    }
}
