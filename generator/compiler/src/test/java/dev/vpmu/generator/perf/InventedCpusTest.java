package dev.vpmu.generator.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.ModelFolder;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventedCpusTest {

    @TempDir
    private Path folder;

    @Test
    void theCompilerHasNothingToSayOfThem() throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        for (DescribedCpu cpu : InventedCpus.withBroadwell()) {
            if (!cpu.text().isEmpty()) {
                models.write(cpu.path(), cpu.text());
            }
        }
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().stream().map(result.check()::show).toList().toString());
        assertEquals(List.of(), result.messages().stream().map(result.check()::show).filter(message -> message.contains("suite/")).toList());
    }

    @Test
    void theirJavaCompiles() throws IOException {
        assertEquals(List.of("BroadwellEP", "Fivefold", "Overlap", "Eight"),
                Subjects.load(InventedCpus.withBroadwell()).all().stream().map(Object::toString).toList());
    }
}
