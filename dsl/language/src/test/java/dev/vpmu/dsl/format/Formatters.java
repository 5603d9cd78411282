package dev.vpmu.dsl.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.google.inject.Injector;

import dev.vpmu.dsl.PmuStandaloneSetup;

/** The language as a user has it, and the test's files. */
final class Formatters {

    static final Injector INJECTOR = new PmuStandaloneSetup().createInjectorAndDoEMFRegistration();
    static final PmuFormatter FORMATTER = INJECTOR.getInstance(PmuFormatter.class);

    private Formatters() {
    }

    static String apply(String text, List<TextReplacement> edits) {
        StringBuilder edited = new StringBuilder();
        int from = 0;
        for (TextReplacement edit : edits) {
            edited.append(text, from, edit.offset()).append(edit.text());
            from = edit.end();
        }
        return edited.append(text, from, text.length()).toString();
    }

    static String resource(String name) {
        try (InputStream in = Formatters.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
