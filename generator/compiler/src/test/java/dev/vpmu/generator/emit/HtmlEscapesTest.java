package dev.vpmu.generator.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;

class HtmlEscapesTest {

    private static final long SEED = 20260103;

    @Test
    void textIsOneTextNodeWhateverItSays() {
        for (String text : Hostile.texts(new Random(SEED), Effort.of(5_000, 100_000))) {
            Document page = Jsoup.parse("<html><body><pre>|" + HtmlEscapes.text(text) + "|</pre></body></html>");
            Element pre = page.body().child(0);
            assertEquals(1, page.body().childrenSize());
            assertEquals(1, pre.childNodeSize());
            assertEquals("|" + visible(text) + "|", ((TextNode) pre.childNode(0)).getWholeText(), "seed " + SEED);
        }
    }

    @Test
    void anAttributeHasTheTextAsItsValueAndAddsNoOther() {
        for (String text : Hostile.texts(new Random(SEED), Effort.of(5_000, 100_000))) {
            Element link = Jsoup.parse("<a title=" + HtmlEscapes.attribute(text) + ">x</a>").body().child(0);
            assertEquals(1, link.attributesSize());
            assertEquals(visible(text), link.attr("title"), "seed " + SEED);
        }
    }

    @Test
    void whatChangesTheDirectionOfTextIsWrittenOut() {
        assertEquals("a [U+202E] [U+2066] [U+0000] [U+D800] \u00e9", HtmlEscapes.text("a \u202e \u2066 \u0000 \ud800 \u00e9"));
        assertTrue(HtmlEscapes.text("\ufeff\u200b\u2028").startsWith("[U+FEFF][U+200B][U+2028]"));
    }

    /** The text as a reader should see it. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || VisibleCharacters.isVisible(c)) {
                visible.appendCodePoint(c);
            } else {
                visible.append(VisibleCharacters.writtenOut(c));
            }
        });
        return visible.toString();
    }
}
