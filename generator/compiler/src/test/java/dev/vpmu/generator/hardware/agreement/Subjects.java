package dev.vpmu.generator.hardware.agreement;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.ModelFolder;
import dev.vpmu.generator.emit.MemoryCompiler;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.runtime.cpu.Cpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPUs that were compiled together with the shipped ones.
 *
 * @param all the CPUs, in the order in which they were asked for
 * @param sources the generated Java, by class name
 */
public record Subjects(List<Subject> all, Map<String, String> sources) {

    /**
     * Compiles CPUs, and loads what comes out. A CPU without a text is one of the shipped ones.
     *
     * @throws AssertionError if a text has a mistake, or if the compiler has anything to say of the generated Java
     */
    public static Subjects load(List<DescribedCpu> cpus) throws IOException {
        Path root = Files.createTempDirectory("subjects");
        try {
            ModelFolder folder = ModelFolder.shipped(root);
            for (DescribedCpu cpu : cpus) {
                if (!cpu.text().isEmpty()) {
                    folder.write(cpu.path(), cpu.text());
                }
            }
            CompilationResult result = folder.compile();
            if (result.failed()) {
                throw new AssertionError(result.messages().stream().map(result.check()::show).toList());
            }
            Map<String, String> sources = folder.classes();
            ClassLoader classes = MemoryCompiler.load(sources);
            List<Subject> subjects = new ArrayList<>();
            for (DescribedCpu cpu : cpus) {
                CpuModel model = result.check().model().orElseThrow().cpus().stream()
                        .filter(found -> found.packageName().equals(cpu.packageName()) && found.name().equals(cpu.name())).findFirst().orElseThrow();
                Cpu door = (Cpu) classes.loadClass(cpu.className()).getDeclaredConstructor().newInstance();
                subjects.add(new Subject(cpu.name(), model, door, cpu.sketch()));
            }
            return new Subjects(subjects, sources);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        } finally {
            delete(root);
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
