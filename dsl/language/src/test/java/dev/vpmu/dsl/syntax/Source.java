package dev.vpmu.dsl.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.xtext.parser.IParser;

import com.google.inject.Injector;

import dev.vpmu.dsl.PmuStandaloneSetup;
import dev.vpmu.dsl.pmu.PmuFile;

/** A text as the language reads it. */
final class Source {

    static final Injector INJECTOR = new PmuStandaloneSetup().createInjectorAndDoEMFRegistration();

    final String text;
    final PmuParseResult result;

    private Source(String text) {
        this.text = text;
        this.result = (PmuParseResult) INJECTOR.getInstance(IParser.class).parse(new StringReader(text));
    }

    static Source of(String text) {
        return new Source(text);
    }

    static String resource(String name) {
        try (InputStream in = Source.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PmuFile file() {
        return (PmuFile) result.getRootASTElement();
    }

    /** Each mistake as {@code line:column 'text' message}. */
    List<String> messages() {
        return result.mistakes().stream().map(this::shown).toList();
    }

    private String shown(Mistake mistake) {
        String before = text.substring(0, mistake.offset());
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = mistake.offset() - before.lastIndexOf('\n');
        return line + ":" + column + " " + text.substring(mistake.offset(), mistake.offset() + mistake.length()).replace("\n", "⏎") + " → " + mistake.message();
    }
}
