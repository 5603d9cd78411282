package dev.vpmu.generator.emit;

/** Text of a {@code .pmu} file inside HTML; characters without a shape are written out, others stay as they are (UTF-8). */
public final class HtmlEscapes {

    private HtmlEscapes() {
    }

    /** Text between tags; line ends and tabs stay. Not for {@code script} and {@code style}, which know no entities. */
    public static String text(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n', '\t' -> html.append((char) c);
                default -> {
                    if (VisibleCharacters.isVisible(c)) {
                        html.appendCodePoint(c);
                    } else {
                        html.append(VisibleCharacters.writtenOut(c));
                    }
                }
            }
        });
        return html.toString();
    }

    /** The value of an attribute, with its quotes. An address that can be a link is not made harmless by this. */
    public static String attribute(String value) {
        return '"' + text(value).replace("\n", "&#10;").replace("\t", "&#9;").replace("`", "&#96;") + '"';
    }
}
