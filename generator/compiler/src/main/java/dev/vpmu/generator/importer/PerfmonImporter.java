package dev.vpmu.generator.importer;

import dev.vpmu.generator.importer.ImportOptions.GenericEvent;
import dev.vpmu.generator.importer.ImportedEvent.Attribute;
import dev.vpmu.generator.importer.Remark.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes an event table of the language from a core event file of Intel's perfmon. Encodings and other facts carry over; of the
 * vendor's prose nothing does. Everything that is not carried over is a {@link Remark}.
 */
public final class PerfmonImporter {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E&&[^\"\\\\]]+");

    private PerfmonImporter() {
    }

    /**
     * @param json an {@code *_core.json}
     * @return the same text for the same file and options, whatever the order of the fields
     * @throws IOException     if the file cannot be read
     * @throws ImportException if it holds anything that cannot be right: no JSON of that shape, a wrong digit, a value wider
     *                         than its field, a counter that is not there, a name twice; all such places at once
     */
    public static ImportResult importEvents(Path json, ImportOptions options) throws IOException {
        PerfmonFile file = PerfmonFile.read(json);
        List<String> problems = new ArrayList<>();
        List<Remark> remarks = new ArrayList<>();
        Map<String, ImportedEvent> events = read(file, options, problems, remarks);
        if (events.isEmpty()) {
            problems.add("Events: there is none");
        }
        if (!problems.isEmpty()) {
            throw new ImportException(file.name(), problems);
        }
        giveRoles(events, options, remarks);
        String version = file.header().getOrDefault("Version", "unknown");
        return new ImportResult(new EventFileWriter(options, version).write(List.copyOf(events.values())), remarks);
    }

    private static Map<String, ImportedEvent> read(PerfmonFile file, ImportOptions options, List<String> problems, List<Remark> remarks) {
        Map<String, ImportedEvent> events = new LinkedHashMap<>();
        Map<String, String> replacements = new LinkedHashMap<>();
        KnownFields known = new KnownFields();
        EventReader reader = new EventReader(options);
        for (int i = 0; i < file.events().size(); i++) {
            Map<String, String> fields = file.events().get(i);
            String name = fields.getOrDefault("EventName", "").strip();
            if (!NAME.matcher(name).matches()) {
                problems.add("event " + (i + 1) + ", EventName: \"" + name + "\" is no name of printable ASCII");
                continue;
            }
            remarks.addAll(known.check(name, fields));
            VendorEvent event = new VendorEvent(name, fields, problems, remarks);
            for (String needed : List.of("EventCode", "UMask", "Counter")) {
                if (!event.has(needed)) {
                    event.problem(needed, "missing");
                }
            }
            if (events.putIfAbsent(name, reader.read(event)) != null) {
                event.problem("EventName", "the file has this event twice");
            }
            String replacement = EventReader.replacement(event);
            if (replacement != null) {
                replacements.put(name, replacement);
            }
        }
        remarks.addAll(known.summary());
        replacements.forEach((name, replacement) -> {
            if (events.containsKey(replacement)) {
                events.computeIfPresent(name, (n, event) -> event.with(Attribute.REPLACED, "replaced by " + EventFileWriter.written(replacement)));
            } else {
                remarks.add(new Remark(Kind.DOUBTFUL, name, "BriefDescription", "is replaced by " + replacement + ", which the file does not have"));
            }
        });
        return events;
    }

    private static void giveRoles(Map<String, ImportedEvent> events, ImportOptions options, List<Remark> remarks) {
        for (GenericEvent generic : options.roles()) {
            ImportedEvent event = events.get(generic.event());
            if (event == null || !event.encoding().equals(generic.encoding()) || !event.isPlain()) {
                String what = event == null ? "is not in the file" : "is " + event.encodingWithSettings() + " there, not " + generic.encoding();
                remarks.add(new Remark(Kind.DOUBTFUL, generic.event(), "options", what + ", so nothing is " + generic.role()));
            } else {
                events.put(event.name(), event.with(Attribute.IS, "is " + generic.role()));
            }
        }
    }
}
