package dev.vpmu.examples.e5v4;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window. */
final class Chromium {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    /** No window, no services of its own, and no network: no name resolves. */
    private static final List<String> OPTIONS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=10000");
    private static final long SECONDS = 120;

    private final Path program;

    private Chromium(Path program) {
        this.program = program;
    }

    /** The one on the path, if there is one. */
    static Optional<Chromium> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst().map(Chromium::new);
    }

    /** The page's elements as they are once it has been laid out, and its scripts have run, in a window of a size. */
    String elements(Path page, int width, int height, Path temporary) throws IOException, InterruptedException {
        Path output = temporary.resolve("elements.html");
        Process process = new ProcessBuilder(Stream.of(Stream.of(program.toString()), OPTIONS.stream(),
                Stream.of("--user-data-dir=" + temporary.resolve("profile"), "--window-size=" + width + "," + height, "--dump-dom", page.toUri().toString())).flatMap(all -> all).toList())
                .redirectOutput(output.toFile()).redirectError(temporary.resolve("chromium.log").toFile()).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(program + " has not answered in " + SECONDS + " seconds: " + Files.readString(temporary.resolve("chromium.log")));
        }
        return Files.readString(output);
    }
}
