package dev.vpmu.generator.perf.generated;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.ModelFolder;
import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.emit.EmittedFile;
import dev.vpmu.generator.emit.MemoryCompiler;
import dev.vpmu.generator.emit.java.JavaEmitter;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.DrawnCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import dev.vpmu.runtime.cpu.Cpu;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CPUs that generated perf is tested on: shipped, invented and drawn ones, and each again with rows that a seed decides. */
final class PerfCpus {

    private static final long FIRST_SEED = Long.getLong("vpmu.seed", 3_000);
    private static final int DRAWN = Effort.of(30, 300);

    private static final List<PerfCpu> ALL = load();

    private PerfCpus() {
    }

    static List<PerfCpu> all() {
        return ALL;
    }

    static PerfCpu broadwell() {
        return ALL.stream().filter(cpu -> cpu.toString().equals("vpmu.intel.BroadwellEP")).findFirst().orElseThrow();
    }

    private static List<PerfCpu> load() {
        List<DescribedCpu> texts = new ArrayList<>(SketchedCpus.described());
        texts.add(new DescribedCpu("suite", "Fivefold", resource("/dev/vpmu/generator/hardware/suite/Fivefold.pmu"), null));
        for (long seed = FIRST_SEED; seed < FIRST_SEED + DRAWN; seed++) {
            texts.add(DrawnCpu.of(seed));
        }
        Map<String, String> how = texts.stream().collect(Collectors.toMap(DescribedCpu::className, cpu -> "vpmu.seed=" + FIRST_SEED + " is the first; the CPU's text is\n" + cpu.text()));
        List<CpuModel> models = new ArrayList<>(models(texts));
        long seed = FIRST_SEED;
        for (CpuModel model : List.copyOf(models)) {
            CpuModel again = new DrawnRows(model, seed++).model();
            how.put(again.packageName() + "." + again.name(), how.getOrDefault(model.packageName() + "." + model.name(), "") + "\nwith the rows\n" + again.constraints() + "\n"
                    + again.periods() + "\n" + again.extras());
            models.add(again);
        }
        return compiled(models, how);
    }

    private static List<CpuModel> models(List<DescribedCpu> texts) {
        try {
            Path root = Files.createTempDirectory("perf");
            ModelFolder folder = ModelFolder.shipped(root);
            for (DescribedCpu cpu : texts) {
                folder.write(cpu.path(), cpu.text());
            }
            CompilationResult result = folder.compile();
            if (result.failed()) {
                throw new AssertionError(result.messages().stream().map(result.check()::show).toList());
            }
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
            return result.check().model().orElseThrow().cpus();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PerfCpu> compiled(List<CpuModel> models, Map<String, String> how) {
        Map<String, String> sources = new TreeMap<>();
        for (EmittedFile file : JavaEmitter.sources(new PmuModel(models))) {
            sources.put(file.path().replace(".java", "").replace('/', '.'), file.content());
        }
        ClassLoader classes = MemoryCompiler.load(sources);
        List<PerfCpu> cpus = new ArrayList<>();
        for (CpuModel model : models) {
            String name = model.packageName() + "." + model.name();
            try {
                cpus.add(new PerfCpu(model, (Cpu) classes.loadClass(name).getDeclaredConstructor().newInstance(), how.getOrDefault(name, "")));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(name, e);
            }
        }
        return cpus;
    }

    private static String resource(String name) {
        try (InputStream text = PerfCpus.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
