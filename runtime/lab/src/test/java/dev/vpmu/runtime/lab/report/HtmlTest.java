package dev.vpmu.runtime.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Mark;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {

    private static final String EVIL = "<b onclick=\"x('&')\">";
    private static final String HARMLESS = "&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;";

    @Test
    void textIsEscaped() {
        assertEquals(HARMLESS, Html.text(EVIL));
    }

    @Test
    void everyPieceEscapesItsText() {
        for (String piece : List.of(Html.table(List.of(EVIL), 1, List.of(List.of(EVIL))), Html.lines(List.of(EVIL)), Html.list(List.of(EVIL)), Html.figure("", EVIL))) {
            assertTrue(piece.contains(HARMLESS), piece);
            assertFalse(piece.contains(EVIL), piece);
        }
    }

    @Test
    void aPictureOfCountersEscapesEveryName() {
        String svg = OwnershipPicture.of(new CounterOwnership(EVIL, List.of(EVIL, EVIL), List.of(new Span(1, EVIL, EVIL, 0, 10), new Span(1, "host", EVIL, 10, 20)),
                List.of(new Mark(EVIL, 5)), 20));
        assertEquals(-1, svg.indexOf("<b"), svg);
        assertTrue(svg.contains(HARMLESS));
    }

    @Test
    void figuresStandRightAndWordsLeft() {
        assertTrue(Html.table(List.of("a", "b"), 1, List.of(List.of("x", "1"))).contains("<td>x</td><td class=\"figure\">1</td>"));
    }
}
