package dev.vpmu.generator.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of the last run with the digests of what was written, so that the next run knows which files are its own. */
record Manifest(SortedMap<OutputPath, String> digests) {

    static final OutputPath NAME = new OutputPath(".vpmu-outputs");

    private static final String HEADER = """
            # Files that vpmu wrote here, with their SHA-256. One that is no longer made is removed unless it was changed.
            """;

    /**
     * @throws OutputException if the file holds anything that no run has written
     */
    static Manifest read(Path folder) throws IOException {
        SortedMap<OutputPath, String> digests = new TreeMap<>();
        Path file = folder.resolve(NAME.text());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#") && !line.isEmpty()) {
                    if (!line.matches("[0-9a-f]{64}  .+")) {
                        throw new OutputException(file + " has the line " + OutputPath.quoted(line)
                                + ", which vpmu did not write; delete the file, and the outputs beside it");
                    }
                    digests.put(OutputPath.of(line.substring(66), file.toString()), line.substring(0, 64));
                }
            }
        }
        return new Manifest(digests);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(HEADER);
        digests.forEach((path, digest) -> text.append(digest).append("  ").append(path.text()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
