package dev.vpmu.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The vendors' data that may lie beside a checkout, in {@code shared/data} of a folder above; most checkouts have none. */
public final class SharedData {

    private SharedData() {
    }

    public static Optional<Path> find() {
        for (Path folder = checkout(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("shared/data"))) {
                return Optional.of(folder.resolve("shared/data"));
            }
        }
        return Optional.empty();
    }

    /** The root of the checkout that the tests run in. */
    public static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("dsl")) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }

    public static List<Path> intelCoreFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("perfmon"), 3)) {
            return files.filter(file -> file.getFileName().toString().endsWith("_core.json")).sorted().toList();
        }
    }
}
