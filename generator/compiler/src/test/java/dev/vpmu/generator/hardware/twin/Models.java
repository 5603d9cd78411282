package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Models of CPUs for a test. */
final class Models {

    private Models() {
    }

    /** A CPU of the shipped files. */
    static CpuModel shipped(String cpu) {
        return named(cpu, PmuChecker.standalone().check(shippedFiles()));
    }

    /** A CPU of a text that may refer to the shipped files. */
    static CpuModel of(String cpu, String text) {
        return named(cpu, PmuChecker.standalone().check(List.of(new Source("invented.pmu", text)), shippedFiles()));
    }

    private static CpuModel named(String cpu, CheckResult result) {
        if (result.failed()) {
            throw new AssertionError(result.findings().stream().map(result::show).toList().toString());
        }
        return result.model().orElseThrow().cpus().stream().filter(model -> model.name().equals(cpu)).findFirst().orElseThrow();
    }

    private static List<Source> shippedFiles() {
        try (Stream<Path> files = Files.walk(SharedData.checkout().resolve("examples/cpus/src/main/pmu"))) {
            return files.filter(Files::isRegularFile).sorted().map(Models::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source read(Path file) {
        try {
            return Source.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
