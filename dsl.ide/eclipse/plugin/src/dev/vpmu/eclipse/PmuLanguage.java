package dev.vpmu.eclipse;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.name.Names;
import dev.vpmu.dsl.ide.PmuIdeSetup;
import java.util.concurrent.ExecutorService;
import org.antlr.runtime.CharStream;
import org.eclipse.xtext.parser.antlr.Lexer;
import org.eclipse.xtext.parser.antlr.LexerBindings;

/** The {@code .pmu} language and Xtext's editor services for it, in process. */
public final class PmuLanguage implements AutoCloseable {
    private final Injector injector = new PmuIdeSetup().createInjectorAndDoEMFRegistration();

    /** A service of the language; singletons are the same each time, everything else is new. */
    public <T> T service(Class<T> type) {
        return injector.getInstance(type);
    }

    /** A new lexer over the characters. */
    public Lexer lexer(CharStream characters) {
        Lexer lexer = injector.getInstance(Key.get(Lexer.class, Names.named(LexerBindings.RUNTIME)));
        lexer.setCharStream(characters);
        return lexer;
    }

    /** Threads that Xtext's content assist parses on; shared, ended with the plug-in. */
    public ExecutorService executor() {
        return injector.getInstance(ExecutorService.class);
    }

    @Override
    public void close() {
        executor().shutdownNow();
    }
}
