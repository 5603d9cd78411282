package dev.vpmu.generator.importer;

import dev.vpmu.generator.importer.ImportResult.ImportedFile;
import dev.vpmu.generator.importer.ImportedEvent.Attribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lays an event table out: fixed counters first, then groups by the first part of the name, columns aligned in each group. */
final class EventFileWriter {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*");
    private static final int LONGEST_NAME = 44;
    private static final int LONGEST_LINE = 120;
    private static final String INDENT = "    ";

    private final ImportOptions options;
    private final String version;

    EventFileWriter(ImportOptions options, String version) {
        this.options = options;
        this.version = version;
    }

    /** An event's name as the language writes it. */
    static String written(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : '"' + name + '"';
    }

    List<ImportedFile> write(List<ImportedEvent> events) {
        List<ImportedFile> files = new ArrayList<>();
        List<String> body = new ArrayList<>();
        int room = options.maximumLines() - header("").size() - 1;
        for (List<ImportedEvent> group : groups(events)) {
            List<List<String>> rows = rows(group);
            boolean first = true;
            for (List<String> row : rows) {
                if (body.size() + row.size() + 1 > room) {
                    files.add(file(files.size(), body));
                    body.clear();
                    first = true;
                }
                if (first && !body.isEmpty()) {
                    body.add("");
                }
                body.addAll(row);
                first = false;
            }
        }
        files.add(file(files.size(), body));
        return files;
    }

    private ImportedFile file(int number, List<String> body) {
        String suffix = number == 0 ? "" : "Part" + (number + 1);
        List<String> lines = header(suffix);
        lines.addAll(body);
        lines.add("}");
        return new ImportedFile(options.table() + suffix + ".pmu", lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private List<String> header(String suffix) {
        List<String> lines = new ArrayList<>();
        lines.add("package " + options.packageName());
        lines.add("");
        if (!options.imports().isEmpty()) {
            options.imports().forEach(name -> lines.add("import " + name));
            lines.add("");
        }
        lines.add("// Made by the importer (generator/docs/importer.md); change its options, not this file. Facts of the vendor's data only.");
        lines.add("");
        if (!options.documentation().isEmpty()) {
            lines.add("/** " + options.documentation().replace("*/", "* /") + " */");
        }
        String source = options.source() + ", version " + version;
        lines.add("events " + options.table() + suffix + " for " + options.pmu() + " from \""
                + source.replace("\\", "\\\\").replace("\"", "\\\"") + "\" {");
        return lines;
    }

    private List<List<ImportedEvent>> groups(List<ImportedEvent> events) {
        Comparator<ImportedEvent> byFixed = Comparator.comparing(event -> event.isFixed() ? event.encoding() : "~");
        SortedMap<String, List<ImportedEvent>> groups = new TreeMap<>();
        events.stream().sorted(byFixed.thenComparing(event -> sortKey(event.name()))).forEach(event ->
                groups.computeIfAbsent(event.isFixed() ? "" : event.name().split("[.:]", 2)[0], key -> new ArrayList<>()).add(event));
        return List.copyOf(groups.values());
    }

    /** Numbers in a name count by their value: GT_8 before GT_16. */
    private static String sortKey(String name) {
        return Pattern.compile("[0-9]+").matcher(name)
                .replaceAll(number -> "0".repeat(Math.max(0, 8 - number.group().length())) + number.group()) + " " + name;
    }

    private List<List<String>> rows(List<ImportedEvent> group) {
        int nameWidth = group.stream().mapToInt(event -> written(event.name()).length())
                .filter(width -> width <= LONGEST_NAME).max().orElse(INDENT.length());
        int encodingWidth = group.stream().mapToInt(event -> event.encodingWithSettings().length()).max().orElse(0);
        SortedMap<Attribute, Integer> columns = new TreeMap<>();
        for (Attribute attribute : Attribute.values()) {
            List<Integer> widths = group.stream().map(event -> event.attributes().get(attribute))
                    .filter(text -> text != null).map(String::length).toList();
            if (attribute != Attribute.WHEN && 2 * widths.size() >= group.size()) { // a guard ends its row
                columns.put(attribute, widths.stream().mapToInt(width -> width).max().orElse(0));
            }
        }
        return group.stream().map(event -> row(event, nameWidth, encodingWidth, columns)).toList();
    }

    private static List<String> row(ImportedEvent event, int nameWidth, int encodingWidth, SortedMap<Attribute, Integer> columns) {
        List<String> lines = new ArrayList<>();
        String name = written(event.name());
        if (name.length() > nameWidth) {
            lines.add(INDENT + name);
            name = "";
        }
        List<String> cells = new ArrayList<>();
        cells.add(padded(INDENT + padded(name, nameWidth) + " = " + event.encodingWithSettings(), nameWidth + encodingWidth + 7));
        columns.forEach((attribute, width) -> cells.add(padded(event.attributes().getOrDefault(attribute, ""), width)));
        event.attributes().forEach((attribute, text) -> {
            if (!columns.containsKey(attribute)) {
                cells.add(text);
            }
        });
        StringBuilder line = new StringBuilder(cells.get(0));
        for (String cell : cells.subList(1, cells.size())) {
            if (line.length() + 2 + cell.stripTrailing().length() > LONGEST_LINE) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT + INDENT + cell);
            } else {
                line.append("  ").append(cell);
            }
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
