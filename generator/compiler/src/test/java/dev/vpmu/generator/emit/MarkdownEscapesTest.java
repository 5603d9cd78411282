package dev.vpmu.generator.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Random;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

class MarkdownEscapesTest {

    private static final long SEED = 20260104;

    private final Parser parser = Parser.builder().build();

    @Test
    void textIsTextWhateverItSays() {
        for (String text : Hostile.texts(new Random(SEED), Effort.of(20_000, 200_000))) {
            String expected = oneLine(text);
            Node block = parser.parse(MarkdownEscapes.text(text)).getFirstChild();
            if (expected.isEmpty()) {
                assertEquals(null, block);
            } else {
                assertInstanceOf(Paragraph.class, block, () -> "\"" + text + "\" seed " + SEED);
                assertEquals(null, block.getNext());
                assertEquals(expected, plain(block), "seed " + SEED);
            }
        }
    }

    @Test
    void textAfterOtherTextAndInATableCellIsTextToo() {
        for (String text : Hostile.texts(new Random(SEED), Effort.of(5_000, 100_000))) {
            Node block = parser.parse("see x" + MarkdownEscapes.text(text) + "x").getFirstChild();
            assertEquals("see x" + oneLine(text) + "x", plain(block), "seed " + SEED);
            assertEquals(false, MarkdownEscapes.text(text).matches("(|.*[^\\\\])\\|.*"));
        }
    }

    @Test
    void aCodeSpanHasTheTextAsItsContent() {
        for (String text : Hostile.texts(new Random(SEED), Effort.of(5_000, 100_000))) {
            String expected = oneLine(text);
            if (!expected.isEmpty()) {
                Node paragraph = parser.parse("see " + MarkdownEscapes.code(text) + " there").getFirstChild();
                Code code = assertInstanceOf(Code.class, paragraph.getFirstChild().getNext(), () -> text + " seed " + SEED);
                assertEquals(expected, code.getLiteral(), "seed " + SEED);
            }
        }
    }

    @Test
    void commonNamesStayAsTheyAre() {
        assertEquals("BR_INST_RETIRED.ALL_BRANCHES, 50% (at 2.2 GHz)", MarkdownEscapes.text("BR_INST_RETIRED.ALL_BRANCHES, 50% (at 2.2 GHz)"));
        assertEquals("www\\.a.b http\\://c", MarkdownEscapes.text("www.a.b http://c"));
    }

    private static String plain(Node block) {
        StringBuilder text = new StringBuilder();
        for (Node node = block.getFirstChild(); node != null; node = node.getNext()) {
            text.append(assertInstanceOf(Text.class, node, block::toString).getLiteral());
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        return HtmlEscapesTest.visible(text.replaceAll("[ \\t\\n\\x0B\\f\\r]+", " ").strip());
    }
}
