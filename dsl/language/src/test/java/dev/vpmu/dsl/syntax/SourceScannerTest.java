package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.CommonToken;
import org.antlr.runtime.Token;
import org.eclipse.xtext.parser.antlr.ITokenDefProvider;
import org.eclipse.xtext.parser.antlr.Lexer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner and the generated lexer split a text alike, or messages would be about texts that nobody parses. */
class SourceScannerTest {

    private final SyntaxAutomaton automaton = Source.INJECTOR.getInstance(SyntaxAutomaton.class);

    @ParameterizedTest
    @ValueSource(strings = { "architecture.pmu", "events.pmu", "names.pmu" })
    void filesAreSplitAsTheGeneratedLexerSplitsThem(String file) {
        assertSameTokens(Source.resource(file));
    }

    @Test
    void corruptedFilesAreSplitAsTheGeneratedLexerSplitsThem() {
        for (int seed = 0; seed < 300; seed++) {
            String text = new TextCorrupter(seed).corrupt(Source.resource("architecture.pmu"));
            if (new SourceScanner(text, automaton).junk().isEmpty())
                assertSameTokens(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "read-only", "a..b", "1..2", "a.*", "a . b", "0x1.2", "if", "/**/", "// a", "\"\\\"\"", "a/*x*/b", "sign-extends", "a.b.*" })
    void smallTextsAreSplitAsTheGeneratedLexerSplitsThem(String text) {
        assertSameTokens(text);
    }

    private void assertSameTokens(String text) {
        Tokens tokens = new SourceScanner(text, automaton).tokens();
        List<String> scanned = new ArrayList<>();
        for (int t = 0; t < tokens.size(); t++)
            scanned.add(tokens.start(t) + " " + tokens.text(t));
        assertEquals(lexed(text), scanned);
    }

    private static List<String> lexed(String text) {
        Lexer lexer = Source.INJECTOR.getInstance(Lexer.class);
        lexer.setCharStream(new ANTLRStringStream(text));
        var names = Source.INJECTOR.getInstance(ITokenDefProvider.class).getTokenDefMap();
        List<String> lexed = new ArrayList<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            String name = names.getOrDefault(token.getType(), "invalid");
            if (!name.equals("RULE_WS") && !name.contains("COMMENT"))
                lexed.add(((CommonToken) token).getStartIndex() + " " + token.getText());
        }
        return lexed;
    }
}
