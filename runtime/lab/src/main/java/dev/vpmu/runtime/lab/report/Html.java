package dev.vpmu.runtime.lab.report;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page. */
final class Html {

    private Html() {
    }

    /** Text as it stands in an element, or in an attribute between double quotes. */
    static String text(String plain) {
        StringBuilder html = new StringBuilder();
        for (char c : plain.toCharArray()) {
            html.append(switch (c) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> String.valueOf(c);
            });
        }
        return html.toString();
    }

    /** A table; the first {@code words} columns are text, the others figures. */
    static String table(List<String> head, int words, List<List<String>> rows) {
        return table(head, words, head.size(), rows);
    }

    /** A table; columns from {@code words} to before {@code more} are figures, the others text. */
    static String table(List<String> head, int words, int more, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<thead>").append(row("th", head, words, more)).append("</thead>\n<tbody>\n");
        String before = "";
        for (List<String> cells : rows) {
            // a line above, where the first column changes
            String begins = cells.get(0).equals(before) ? "" : " class=\"begins\"";
            before = cells.get(0);
            html.append(row("td", cells, words, more).replaceFirst("<tr>", "<tr" + begins + ">")).append('\n');
        }
        return html.append("</tbody>\n</table></div>\n").toString();
    }

    private static String row(String element, List<String> cells, int words, int more) {
        StringBuilder html = new StringBuilder("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            html.append('<').append(element).append(i < words || i >= more ? "" : " class=\"figure\"").append('>').append(text(cells.get(i))).append("</").append(element).append('>');
        }
        return html.append("</tr>").toString();
    }

    /** Lines as they would stand on a terminal. */
    static String lines(List<String> lines) {
        return "<pre>" + lines.stream().map(Html::text).collect(Collectors.joining("\n")) + "</pre>\n";
    }

    /** A list. */
    static String list(List<String> items) {
        return "<ul>\n" + items.stream().map(item -> "<li>" + text(item) + "</li>\n").collect(Collectors.joining()) + "</ul>\n";
    }

    /** A picture, which is SVG already, and what it shows. */
    static String figure(String svg, String caption) {
        return "<figure>\n" + svg + "\n<figcaption>" + text(caption) + "</figcaption>\n</figure>\n";
    }
}
