package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Origin;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.ArrayList;
import java.util.List;

/** A Javadoc comment in the making: text of the model is escaped on its way in, markup comes from here alone. */
final class Comment {

    private static final int LONGEST_LINE = 120;

    private final List<String> lines = new ArrayList<>();

    /** Adds a line of our own words and markup. */
    Comment line(String markup) {
        lines.add(markup);
        return this;
    }

    /** Adds a paragraph of our own words and markup. */
    Comment paragraph(String markup) {
        lines.add("");
        lines.add("<p>" + markup);
        return this;
    }

    /** Adds what the element's documentation comment says, or {@code otherwise} where it has none. */
    Comment documentation(Origin origin, String otherwise) {
        List<String> text = JavaEscapes.javadoc(origin.documentation());
        if (text.isEmpty()) {
            return line(otherwise);
        }
        lines.addAll(text);
        return this;
    }

    /** Adds where the element is declared and what its facts are from. */
    Comment origin(Origin origin) {
        String sources = origin.sources().isEmpty() ? "" : ", from " + JavaEscapes.javadocText(String.join("; ", origin.sources()));
        String assumed = origin.assumed() ? ", assumed" : "";
        return paragraph(JavaEscapes.javadocText(CpuNames.link(origin)) + sources + assumed);
    }

    /** The comment, without indentation and without a line end behind it; the template indents every line of it. */
    @Override
    public String toString() {
        if (lines.size() == 1 && lines.get(0).length() <= LONGEST_LINE) {
            return "/** " + lines.get(0) + " */";
        }
        StringBuilder text = new StringBuilder("/**\n");
        lines.forEach(line -> text.append((" * " + line).stripTrailing()).append('\n'));
        return text.append(" */").toString();
    }
}
