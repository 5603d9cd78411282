package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.InventedCpuTest;
import dev.vpmu.generator.ModelFolder;
import dev.vpmu.generator.emit.MemoryCompiler;
import dev.vpmu.generator.hardware.twin.InterpretedPmu;
import dev.vpmu.runtime.cpu.Cpu;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The CPUs that the suite runs on: generated and compiled once, and each of them as generated hardware and as the interpreter. */
final class TestedCpus {

    /** Those with names, with what a test's name says of them. */
    private static final Map<String, String> NAMED = Map.of("BroadwellEP", "Broadwell-EP", "SmallV1", "version 1", "SmallV2", "version 2",
            "SmallV4", "version 4", "SmallV5", "version 5", "Fivefold", "the invented Fivefold", "Odd", "the invented Odd");

    private static final List<Subject> ALL = load(UnaryOperator.identity());

    private TestedCpus() {
    }

    static List<Subject> all() {
        return ALL;
    }

    /** All CPUs; {@code change} may change each generated source first. */
    static List<Subject> load(UnaryOperator<String> change) {
        try {
            Path folder = Files.createTempDirectory("suite");
            try {
                return load(folder, change);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Subject> load(Path folder, UnaryOperator<String> change) throws IOException {
        ModelFolder models = ModelFolder.shipped(folder);
        models.write("suite/SmallVersions.pmu", resource("SmallVersions.pmu"));
        models.write("suite/Fivefold.pmu", resource("Fivefold.pmu"));
        models.write("invented/Odd.pmu", InventedCpuTest.ODD);
        CompilationResult result = models.compile();
        if (result.failed()) {
            throw new AssertionError(result.messages().stream().map(result.check()::show).toList().toString());
        }
        Map<String, String> sources = models.classes();
        sources.replaceAll((name, text) -> change.apply(text));
        ClassLoader classes = MemoryCompiler.load(sources);
        List<Subject> subjects = new ArrayList<>();
        for (CpuModel cpu : result.check().model().orElseThrow().cpus()) {
            subjects.addAll(subjects(cpu, classes));
        }
        return List.copyOf(subjects);
    }

    private static List<Subject> subjects(CpuModel cpu, ClassLoader classes) {
        Cpu door = door(cpu, classes);
        String name = NAMED.get(cpu.name());
        boolean same = cpu.banks().stream().allMatch(bank -> bank.present().equals(bank.presentWithoutSmt()));
        List<Subject> subjects = new ArrayList<>();
        for (boolean smt : same ? new boolean[] {true} : new boolean[] {true, false}) {
            String state = same ? "" : smt ? " with SMT" : " without SMT";
            subjects.add(new Subject(name + state, cpu, smt, Optional.empty(), () -> new GeneratedPmu(door.hardware(smt))));
            subjects.add(new Subject(name + state + ", interpreted", cpu, smt, Optional.empty(), () -> new InterpretedTwin(new InterpretedPmu(cpu, smt))));
        }
        return subjects;
    }

    private static Cpu door(CpuModel cpu, ClassLoader classes) {
        try {
            return (Cpu) classes.loadClass(cpu.packageName() + "." + cpu.name()).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = TestedCpus.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
