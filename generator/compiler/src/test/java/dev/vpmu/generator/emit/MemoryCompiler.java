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

/** Compiles one class from text, with every warning of compiler and doclint, and loads it. */
final class MemoryCompiler {

    private MemoryCompiler() {
    }

    /** What the compiler has to say about a source; empty means that it is as clean as can be. */
    static List<String> messages(String className, String source) {
        List<String> messages = new ArrayList<>();
        compile(className, source, messages);
        return messages;
    }

    static Class<?> load(String className, String source) throws ClassNotFoundException {
        List<String> messages = new ArrayList<>();
        Map<String, ByteArrayOutputStream> classes = compile(className, source, messages);
        if (!messages.isEmpty()) {
            throw new AssertionError(messages + "\n" + source);
        }
        return new ClassLoader(MemoryCompiler.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
                byte[] bytes = classes.get(name).toByteArray();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }.loadClass(className);
    }

    private static Map<String, ByteArrayOutputStream> compile(String className, String source, List<String> messages) {
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
        JavaFileObject file = new SimpleJavaFileObject(URI.create("memory:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        compiler.getTask(null, files, collector, List.of("-Xlint:all", "-Xdoclint:all", "-Werror"), null, List.of(file)).call();
        for (Diagnostic<?> diagnostic : collector.getDiagnostics()) {
            messages.add(diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT));
        }
        return classes;
    }
}
