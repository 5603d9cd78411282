package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A second, simple view of a text: its tokens and comments in order, without what formatting may change: white space, the spelling of
 * hexadecimal numbers, and the order of tokens within a row of an event table that has no comment inside.
 */
final class TokenSequence {

    private static final Pattern ITEM = Pattern.compile("(?s)/\\*.*?\\*/|//[^\r\n]*|\"(\\\\.|[^\"\\\\])*\"|\\w+(-[a-z]+)?|\\.\\.|\\.\\*|\\S");

    private TokenSequence() {
    }

    static List<String> of(String text) {
        List<String> items = new ArrayList<>();
        Matcher matcher = ITEM.matcher(text);
        while (matcher.find()) {
            items.add(normalized(matcher.group()));
        }
        return withSortedRows(items);
    }

    private static String normalized(String item) {
        if (item.startsWith("/")) {
            return item.lines().map(String::strip).collect(Collectors.joining("\n"));
        }
        return item.matches("0x[0-9a-fA-F_]+") ? "0x" + item.substring(2).replace("_", "").toUpperCase(Locale.ROOT).replaceFirst("^0+(?=.)", "") : item;
    }

    private static List<String> withSortedRows(List<String> items) {
        List<String> sorted = new ArrayList<>();
        int from = 0;
        while (from < items.size()) {
            int to = from + 1;
            if (isName(items, from)) {
                while (!items.get(to).equals("}") && !isName(items, to)) {
                    to++;
                }
                sorted.addAll(row(items.subList(from, to)));
            } else {
                sorted.add(items.get(from));
            }
            from = to;
        }
        return sorted;
    }

    /** Whether the name of an event begins here. */
    private static boolean isName(List<String> items, int at) {
        if (items.get(at).startsWith("/") || items.get(at).equals(".") || at > 0 && items.get(at - 1).equals(".")) {
            return false;
        }
        int next = at + 1;
        while (next + 1 < items.size() && items.get(next).equals(".")) {
            next += 2;
        }
        while (next < items.size() && items.get(next).startsWith("/")) {
            next++;
        }
        return next < items.size() && items.get(next).equals("=") && inEventTable(items, at);
    }

    private static boolean inEventTable(List<String> items, int at) {
        int brace = at;
        while (brace > 0 && !items.get(brace).equals("{") && !items.get(brace).equals("}")) {
            brace--;
        }
        int header = brace - 1;
        while (header > 0 && !items.get(header).equals("{") && !items.get(header).equals("}")) {
            header--;
        }
        List<String> words = items.subList(Math.max(header, 0), brace).stream().filter(item -> !item.startsWith("/")).toList();
        return items.get(brace).equals("{") && words.contains("events") && words.contains("for");
    }

    private static List<String> row(List<String> row) {
        int end = row.size();
        while (row.get(end - 1).startsWith("/")) {
            end--;
        }
        List<String> inside = row.subList(0, end);
        if (inside.stream().anyMatch(item -> item.startsWith("/"))) {
            return row;
        }
        List<String> sorted = new ArrayList<>(inside.stream().sorted().toList());
        sorted.addAll(row.subList(end, row.size()));
        return sorted;
    }
}
