package dev.vpmu.dsl.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of one file.
 *
 * @param name what to call it in messages: a path or a URI, ending in {@code .pmu}
 * @param text its text
 */
public record Source(String name, String text) {

    /** Reads a file as UTF-8; what is no UTF-8 becomes U+FFFD, which the language has only in comments and strings. */
    public static Source read(Path file) throws IOException {
        return new Source(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }
}
