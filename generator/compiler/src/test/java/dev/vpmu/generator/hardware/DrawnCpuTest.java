package dev.vpmu.generator.hardware;

import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.ModelFolder;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.DrawnCpu;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is drawn is a CPU to the compiler, and the one that its sketch says. */
class DrawnCpuTest {

    private static final int COUNT = "full".equals(System.getProperty("vpmu.effort")) ? 5_000 : 200;
    private static final int TOGETHER = 50;

    @TempDir
    private Path folder;

    @Test
    void everyDrawnTextCompilesToWhatItsSketchSays() throws IOException {
        for (int first = 0; first < COUNT; first += TOGETHER) {
            List<DescribedCpu> cpus = LongStream.range(first, Math.min(first + TOGETHER, COUNT)).mapToObj(DrawnCpu::of).toList();
            CompilationResult result = compile("batch" + first, cpus);
            for (int i = 0; result.failed() && i < cpus.size(); i++) {
                CompilationResult alone = compile("seed" + (first + i), List.of(cpus.get(i)));
                if (alone.failed()) {
                    fail("seed " + (first + i) + ": " + alone.messages().stream().map(alone.check()::show).toList() + "\n" + cpus.get(i).text());
                }
            }
            if (result.failed()) {
                fail("seeds from " + first + " on, together: " + result.messages().stream().map(result.check()::show).toList());
            }
            cpus.forEach(cpu -> SketchComparison.assertSame(cpu.sketch(), result, cpu.text()));
        }
    }

    private CompilationResult compile(String name, List<DescribedCpu> cpus) throws IOException {
        ModelFolder models = new ModelFolder(folder.resolve(name));
        for (DescribedCpu cpu : cpus) {
            models.write(cpu.path(), cpu.text());
        }
        return models.compile();
    }
}
