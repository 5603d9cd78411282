package dev.vpmu.generator;

import dev.vpmu.dsl.check.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Finds and reads {@code .pmu} files, always in the order of their paths, whatever order the disk has. */
final class PmuFiles {

    private static final String SUFFIX = ".pmu";
    /** Where a jar keeps the files that it shares. */
    static final String SHARED = "META-INF/pmu";

    private PmuFiles() {
    }

    /** The files in folders and all folders below them; a folder that is not there has none. */
    static List<Source> inFolders(Collection<Path> folders) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                for (Path file : files(folder)) {
                    sources.add(Source.read(file));
                }
            }
        }
        return sources;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(file -> folder.relativize(file).toString().replace('\\', '/'))).toList();
        }
    }

    /** The files that jars and class folders share. */
    static List<Source> inLibraries(Collection<Path> libraries) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path library : libraries) {
            if (Files.isDirectory(library)) {
                sources.addAll(inFolders(List.of(library.resolve(SHARED))));
            } else if (Files.isRegularFile(library) && library.getFileName().toString().endsWith(".jar")) {
                sources.addAll(inJar(library));
            }
        }
        return sources;
    }

    private static List<Source> inJar(Path jar) throws IOException {
        List<Source> sources = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<? extends ZipEntry> entries = file.stream().filter(entry -> !entry.isDirectory() && entry.getName().startsWith(SHARED + "/")
                    && entry.getName().endsWith(SUFFIX)).sorted(Comparator.comparing(ZipEntry::getName)).toList();
            for (ZipEntry entry : entries) {
                String text = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                sources.add(new Source("archive:" + jar.toUri() + "!/" + entry.getName(), text));
            }
        }
        return sources;
    }
}
