package dev.vpmu.generator.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that try to be code, in Java, HTML or Markdown. */
final class Hostile {

    static final List<String> TEXTS = List.of("", " ", "plain text", "*/ class Evil {} /*", "\\u002a/ class Evil {}", "\\u002a\\u002f", "/", "*", "**/",
            "/* nested", "\\", "\\\\", "\\\\u0041", "\\u", "\\uuuu0022", "\"; System.exit(1); \"", "\"\"\"", "'", "a\nb", "a\r\nb\rc", "\n\n", "x\n\ny",
            "\u0000\u0001\u001f\u007f", "\u0085\u2028\u2029", "\u000b\u000c\u001a", "@author nobody", "@", "{@link Evil}", "{@code a}", "}", "{", "{@",
            "<script>alert(1)</script>", "<p", "&amp;", "&#42;/", "& < > \" '", "\u202e reversed \u2066\u2069", "\u200b\u200d\ufeff", "\ud800", "\udc00\ud800", "\ud83d\ude00",
            "\u00e9\u4e2d", "\uffff\ufffe", "é̂", "  leading", "\tx", "`", "``a`b", "- a", "+ b", "1. c", "2) d", "# e", "> f", "| a | b |", "    code", "[a](javascript:b)",
            "![a](b)", "<http://a>", "http://a.b", "www.a.b", "_a_ a_b *c* **d** ~~e~~", "===", "---", "***", "&lt;", "a\\*b", "$x$", "ab\\", "trailing  ");

    private static final String PIECES = "\\u*/@{}<>&\"'`_.:=$#[]()!|~-+ \t\n\r\u0000\u202e\ud800\udc00\u00e9aA0b12f";

    private Hostile() {
    }

    static List<String> texts(Random random, int count) {
        List<String> texts = new ArrayList<>(TEXTS);
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(14); length > 0; length--) {
                text.append(PIECES.charAt(random.nextInt(PIECES.length())));
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
