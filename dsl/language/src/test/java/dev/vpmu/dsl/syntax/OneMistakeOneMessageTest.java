package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every token of the files in turn is left out, or written twice, or misspelt. */
class OneMistakeOneMessageTest {

    private interface Slip {
        String make(String text, int start, int end);
    }

    private static List<String> several(String file, Slip slip) {
        String text = Source.resource(file);
        Tokens tokens = new SourceScanner(text, Source.INJECTOR.getInstance(SyntaxAutomaton.class)).tokens();
        List<String> found = new ArrayList<>();
        for (int t = 0; t < tokens.size(); t++) {
            Source source = Source.of(slip.make(text, tokens.start(t), tokens.end(t)));
            if (source.messages().size() > 1)
                found.add(tokens.line(t) + " " + tokens.text(t) + ": " + String.join("\n      ", source.messages()));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = { "architecture.pmu", "events.pmu" })
    void aTokenLeftOut(String file) {
        assertEquals("", String.join("\n", several(file, (text, start, end) -> text.substring(0, start) + text.substring(end))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "architecture.pmu", "events.pmu" })
    void aTokenWrittenTwice(String file) {
        assertEquals("", String.join("\n", several(file, (text, start, end) -> text.substring(0, end) + " " + text.substring(start))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "architecture.pmu", "events.pmu" })
    void aTokenMisspelt(String file) {
        assertEquals("", String.join("\n", several(file, (text, start, end) -> text.substring(0, start) + "x" + text.substring(start))));
    }
}
