package dev.vpmu.cli;

import dev.vpmu.generator.CompilationRequest;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.PmuCompiler;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.Cpus;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Folders of {@code .pmu} files that are checked, generated, compiled and loaded for the time of a command; nothing of that stays. */
final class OwnModels implements AutoCloseable {

    /** What their temporary folder's name begins with. */
    static final String PREFIX = "pmu-" + ProcessHandle.current().pid() + "-";

    private final Path folder;
    private final URLClassLoader classes;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    private OwnModels(Path folder, URLClassLoader classes) {
        this.folder = folder;
        this.classes = classes;
        Thread.currentThread().setContextClassLoader(classes);
    }

    /**
     * The models of folders; until they are closed, services are looked for among them too.
     *
     * @param messages who is told what was found in them
     * @throws IllegalArgumentException if there is an error in them, or no Java compiler
     */
    static OwnModels of(List<Path> folders, PrintWriter messages) throws IOException {
        folders.stream().filter(each -> !Files.isDirectory(each)).findFirst().ifPresent(missing -> {
            throw new IllegalArgumentException("there is no folder " + missing + "; --models is the folder above the package's, as src/main/pmu is");
        });
        Path temporary = Files.createTempDirectory(PREFIX);
        try {
            List<Path> library = library();
            CompilationResult result = PmuCompiler.standalone().compile(new CompilationRequest(folders, library, temporary.resolve("java"), temporary.resolve("resources")));
            result.messages().forEach(finding -> messages.println(result.check().show(finding)));
            messages.flush();
            if (result.failed()) {
                throw new IllegalArgumentException("the models have errors");
            }
            compile(temporary.resolve("java"), Files.createDirectories(temporary.resolve("classes")), library);
            URL[] places = {temporary.resolve("classes").toUri().toURL(), temporary.resolve("resources").toUri().toURL()};
            return new OwnModels(temporary, new URLClassLoader(places, OwnModels.class.getClassLoader()));
        } catch (IOException | RuntimeException e) {
            delete(temporary);
            throw e;
        }
    }

    /** Where the CPUs are that are there already, and what they call. */
    private static List<Path> library() {
        return Stream.concat(Cpus.all().stream().<Class<?>>map(Cpu::getClass), Stream.of(Cpu.class)).map(OwnModels::place).distinct().toList();
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void compile(Path java, Path classes, List<Path> library) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalArgumentException("this Java has no compiler; run pmu with a JDK");
        }
        List<Path> sources;
        try (Stream<Path> files = Files.walk(java)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        StringWriter output = new StringWriter();
        List<String> options = List.of("-d", classes.toString(), "-cp", library.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(output, files, null, options, null, files.getJavaFileObjectsFromPaths(sources)).call()) {
                throw new IllegalStateException("generated Java does not compile: " + output);
            }
        }
    }

    /** The names of the CPUs that are in them, in their order. */
    List<String> cpus() {
        return Cpus.all().stream().filter(cpu -> cpu.getClass().getClassLoader() == classes).map(Cpu::name).toList();
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        classes.close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
