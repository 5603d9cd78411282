package dev.vpmu.generator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with models for a test, and what compiling it leaves. */
public final class ModelFolder {

    private final Path root;

    public ModelFolder(Path root) {
        this.root = root;
    }

    /** One that holds the shipped models. */
    public static ModelFolder shipped(Path root) throws IOException {
        ModelFolder folder = new ModelFolder(root);
        Path models = SharedData.checkout().resolve("examples/cpus/src/main/pmu");
        try (Stream<Path> files = Files.walk(models)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                folder.write(models.relativize(file).toString(), Files.readString(file));
            }
        }
        return folder;
    }

    public void write(String path, String text) throws IOException {
        Path file = root.resolve("pmu").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public String read(String path) throws IOException {
        return Files.readString(root.resolve("pmu").resolve(path));
    }

    public CompilationResult compile() throws IOException {
        return PmuCompiler.standalone().compile(new CompilationRequest(java.util.List.of(root.resolve("pmu")), java.util.List.of(),
                root.resolve("java"), root.resolve("resources")));
    }

    /** Every file below the folder but the models, by path, with its text. */
    public Map<String, String> outputs() throws IOException {
        Map<String, String> outputs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).filter(path -> !path.startsWith(root.resolve("pmu"))).toList()) {
                outputs.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return outputs;
    }

    /** The generated sources by class name. */
    public Map<String, String> classes() throws IOException {
        Map<String, String> classes = new TreeMap<>();
        outputs().forEach((path, text) -> {
            if (path.startsWith("java/") && path.endsWith(".java")) {
                classes.put(path.substring(5, path.length() - 5).replace('/', '.'), text);
            }
        });
        return classes;
    }
}
