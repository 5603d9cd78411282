package dev.vpmu.generator.importer;

import dev.vpmu.dsl.PmuStandalone;
import dev.vpmu.dsl.format.PmuFormatter;
import dev.vpmu.generator.importer.ImportResult.ImportedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes an event table: fixed counters first, then groups by the first part of the name. The formatter lays it out. */
final class EventFileWriter {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*");
    /** What the formatter makes of the longest row: its name, its encoding, and two lines of attributes. */
    private static final int MOST_LINES_OF_A_ROW = 4;

    private final PmuFormatter formatter = PmuStandalone.get(PmuFormatter.class);
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
        int lines = 0;
        for (List<ImportedEvent> group : groups(events)) {
            for (List<ImportedEvent> part : parts(group, room)) {
                int needed = formattedLines(part) + 1;
                if (lines + needed - 1 > room && !body.isEmpty()) {
                    files.add(file(files.size(), body));
                    body.clear();
                    lines = 0;
                }
                lines += needed;
                part.forEach(event -> body.add(row(event)));
                body.add("");
            }
        }
        files.add(file(files.size(), body));
        return files;
    }

    /** The group, or stretches of it that surely fit into a file each. */
    private List<List<ImportedEvent>> parts(List<ImportedEvent> group, int room) {
        if (formattedLines(group) < room) {
            return List.of(group);
        }
        int rows = Math.max(1, (room - 1) / MOST_LINES_OF_A_ROW);
        List<List<ImportedEvent>> parts = new ArrayList<>();
        for (int from = 0; from < group.size(); from += rows) {
            parts.add(group.subList(from, Math.min(group.size(), from + rows)));
        }
        return parts;
    }

    private int formattedLines(List<ImportedEvent> rows) {
        String table = text("", rows.stream().map(EventFileWriter::row).toList());
        return (int) table.lines().count() - header("").size() - 1;
    }

    private ImportedFile file(int number, List<String> body) {
        String suffix = number == 0 ? "" : "Part" + (number + 1);
        return new ImportedFile(options.table() + suffix + ".pmu", text(suffix, body));
    }

    private String text(String suffix, List<String> body) {
        List<String> lines = header(suffix);
        lines.addAll(body);
        lines.add("}");
        return formatter.format(lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
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

    private static String row(ImportedEvent event) {
        return written(event.name()) + " = " + event.encodingWithSettings() + " " + String.join(" ", event.attributes().values());
    }
}
