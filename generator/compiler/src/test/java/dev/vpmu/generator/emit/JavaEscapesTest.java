package dev.vpmu.generator.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JavaEscapesTest {

    private static final long SEED = 20260102;

    private final List<String> texts = Hostile.texts(new Random(SEED), Effort.of(2_000, 6_000));

    @Test
    void aLiteralHasExactlyTheTextAsItsValue() throws Exception {
        StringBuilder source = new StringBuilder("/** Literals. */ public final class Literals {\n /** None. */ private Literals() { }\n /** All. */ static final String[] ALL = {\n");
        texts.forEach(text -> source.append("  ").append(JavaEscapes.literal(text)).append(",\n"));
        String java = source.append("};\n}\n").toString();
        assertAscii(java);
        var field = MemoryCompiler.load("Literals", java).getDeclaredField("ALL");
        field.setAccessible(true);
        assertEquals(texts, List.of((String[]) field.get(null)), "seed " + SEED);
    }

    @Test
    void everyCharacterSurvivesALiteral() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xFFFF; c += c < 0x300 ? 1 : 97) {
            all.append((char) c);
        }
        String java = "/** L. */ public final class Literals {\n /** None. */ private Literals() { }\n /** L. */ static final String ALL =\n" + JavaEscapes.literal(all.toString()) + ";\n}\n";
        var field = MemoryCompiler.load("Literals", java).getDeclaredField("ALL");
        field.setAccessible(true);
        assertEquals(all.toString(), field.get(null));
    }

    @Test
    void aLiteralThatNoClassFileCanHoldIsRefused() {
        assertTrue(JavaEscapes.literal("a".repeat(65_535)).length() > 65_000);
        assertThrows(IllegalArgumentException.class, () -> JavaEscapes.literal("a".repeat(65_536)));
        assertThrows(IllegalArgumentException.class, () -> JavaEscapes.literal("\u4e2d".repeat(30_000)));
    }

    @Test
    void noTextGetsOutOfAJavadocComment() {
        StringBuilder source = new StringBuilder("/** Documented. */ public final class Documented {\n /** None. */ private Documented() { }\n");
        int i = 0;
        for (String text : texts) {
            source.append(" /**\n  * Text ").append(JavaEscapes.javadocText(text)).append(" end.\n");
            for (String line : JavaEscapes.javadoc(text)) {
                source.append("  * ").append(line).append('\n');
            }
            source.append("  */\n static int m").append(i++).append(" = 1;\n");
        }
        String java = source.append("}\n").toString();
        assertAscii(java);
        assertEquals(List.of(), MemoryCompiler.messages("Documented", java), "seed " + SEED);
    }

    @Test
    void javadocThatBeginsRightBehindAnAsteriskDoesNotEndTheComment() {
        assertEquals(List.of("&#47; class Evil"), JavaEscapes.javadoc("/ class Evil"));
        assertEquals("&#42;/", JavaEscapes.javadocText("*/"));
        assertEquals("&#92;u002a/", JavaEscapes.javadocText("\\u002a/"));
    }

    @Test
    void aBlankLinePartsParagraphsAndWhatHasNoShapeIsWrittenOut() {
        assertEquals(List.of("one", "two", "<p>three [U+202E] &#xe9;"), JavaEscapes.javadoc("\n one\r\ntwo \n\n \nthree \u202e \u00e9\n\n"));
        assertEquals(List.of(), JavaEscapes.javadoc(" \n "));
    }

    @Test
    void noTextGetsOutOfALineComment() {
        StringBuilder source = new StringBuilder("/** Commented. */ public final class Commented {\n /** None. */ private Commented() { }\n");
        texts.forEach(text -> source.append("  // ").append(JavaEscapes.lineComment(text)).append("\n"));
        String java = source.append("}\n").toString();
        assertAscii(java);
        assertEquals(List.of(), MemoryCompiler.messages("Commented", java), "seed " + SEED);
        assertEquals(texts.size() + 3, java.split("\n").length);
    }

    private static void assertAscii(String java) {
        assertTrue(java.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7F));
    }
}
