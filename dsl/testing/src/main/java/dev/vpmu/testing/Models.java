package dev.vpmu.testing;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.dsl.rules.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Loads models for tests. */
public final class Models {

    private Models() {
    }

    /**
     * The model of some files, and of all files in some folders.
     *
     * @throws AssertionError with the messages if there is an error in them
     */
    public static PmuModel load(Path... filesAndFolders) {
        List<Source> sources = new ArrayList<>();
        for (Path path : filesAndFolders) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.filter(found -> found.toString().endsWith(".pmu")).sorted().toList()) {
                    sources.add(Source.read(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return load(sources);
    }

    /**
     * The model of some texts.
     *
     * @throws AssertionError with the messages if there is an error in them
     */
    public static PmuModel load(List<Source> sources) {
        CheckResult result = PmuChecker.standalone().check(sources);
        return result.model().orElseThrow(() -> new AssertionError(String.join("\n", result.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR).map(result::show).toList())));
    }

    /**
     * The cpu of that name.
     *
     * @throws AssertionError if there is none
     */
    public static CpuModel cpu(PmuModel model, String name) {
        return model.cpus().stream().filter(cpu -> cpu.name().equals(name)).findFirst().orElseThrow(() ->
                new AssertionError("no cpu is called " + name + ", only " + model.cpus().stream().map(CpuModel::name).toList()));
    }
}
