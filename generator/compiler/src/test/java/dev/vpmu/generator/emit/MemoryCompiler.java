package dev.vpmu.generator.emit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles classes from text, with every warning of compiler and doclint, and loads them. */
public final class MemoryCompiler {

    private MemoryCompiler() {
    }

    /** What the compiler has to say about a source; empty means that it is as clean as can be. */
    static List<String> messages(String className, String source) {
        List<String> messages = new ArrayList<>();
        compile(Map.of(className, source), messages);
        return messages;
    }

    static Class<?> load(String className, String source) throws ClassNotFoundException {
        return load(Map.of(className, source)).loadClass(className);
    }

    /** Compiles sources by class name together; fails when the compiler or doclint has anything to say. */
    public static ClassLoader load(Map<String, String> sources) {
        List<String> messages = new ArrayList<>();
        Map<String, ByteArrayOutputStream> classes = compile(sources, messages);
        if (!messages.isEmpty()) {
            throw new AssertionError(messages.stream().limit(5).toList() + (sources.size() == 1 ? "\n" + sources : ""));
        }
        return new ClassLoader(MemoryCompiler.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!classes.containsKey(name)) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = classes.get(name).toByteArray();
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    private static Map<String, ByteArrayOutputStream> compile(Map<String, String> sources, List<String> messages) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<JavaFileManager>(compiler.getStandardFileManager(collector, Locale.ROOT, StandardCharsets.US_ASCII)) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + classes.size() + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() throws IOException {
                        return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((className, source) -> units.add(new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        }));
        compiler.getTask(null, files, collector, List.of("-Xlint:all", "-Xdoclint:all,-missing", "-Werror"), null, units).call();
        for (Diagnostic<?> diagnostic : collector.getDiagnostics()) {
            messages.add(diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT));
        }
        return classes;
    }
}
