package dev.vpmu.generator.importer;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of Intel's perfmon as it stands: a header and events, every value a string.
 *
 * @param header as {@code Version}, {@code DatePublished}
 * @param events each a map from field to value, both in the file's order
 */
record PerfmonFile(String name, Map<String, String> header, List<Map<String, String>> events) {

    /**
     * @throws ImportException if the text is no JSON of that shape: a value that is no string, a field twice, something else
     *                         beside {@code Header} and {@code Events}
     */
    static PerfmonFile read(Path file) throws IOException {
        String name = file.getFileName().toString();
        try (Reader text = Files.newBufferedReader(file); JsonReader json = new JsonReader(text)) {
            Map<String, String> header = Map.of();
            List<Map<String, String>> events = new ArrayList<>();
            json.beginObject();
            while (json.hasNext()) {
                String member = json.nextName();
                if (member.equals("Header")) {
                    header = fields(json, name, "Header");
                } else if (member.equals("Events")) {
                    json.beginArray();
                    while (json.hasNext()) {
                        events.add(fields(json, name, "event " + (events.size() + 1)));
                    }
                    json.endArray();
                } else {
                    throw new ImportException(name, List.of(member + ": only Header and Events are known here"));
                }
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new ImportException(name, List.of("no JSON file of events: something follows its end"));
            }
            return new PerfmonFile(name, header, events);
        } catch (MalformedJsonException | EOFException | IllegalStateException e) {
            throw new ImportException(name, List.of("no JSON file of events: " + e.getMessage()));
        }
    }

    private static Map<String, String> fields(JsonReader json, String file, String where) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String field = json.nextName();
            String event = fields.getOrDefault("EventName", where);
            if (json.peek() != JsonToken.STRING) {
                throw new ImportException(file, List.of(event + ", " + field + ": a string is expected, not " + json.peek()));
            }
            if (fields.put(field, json.nextString()) != null) {
                throw new ImportException(file, List.of(event + ", " + field + ": given twice"));
            }
        }
        json.endObject();
        return fields;
    }
}
