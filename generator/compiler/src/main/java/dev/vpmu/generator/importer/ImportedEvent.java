package dev.vpmu.generator.importer;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One event as the {@code .pmu} file will say it.
 *
 * @param encoding   {@code 0xB7:0x01} or {@code fixed[0]}, without settings
 * @param settings   as {@code cmask 1}
 * @param attributes by {@link Attribute}, each as it is written
 */
record ImportedEvent(String name, String encoding, List<String> settings, SortedMap<Attribute, String> attributes) {

    /** What follows an encoding, in the order in which it is written. */
    enum Attribute {
        IS, ON, PRECISE, DISTRIBUTED, WITH, ALONE, ADDRESSES, PERIOD, SPECULATIVE, DEPRECATED, REPLACED, ERRATA, WHEN
    }

    ImportedEvent with(Attribute attribute, String text) {
        SortedMap<Attribute, String> more = new TreeMap<>(attributes);
        more.put(attribute, text);
        return new ImportedEvent(name, encoding, settings, more);
    }

    boolean isFixed() {
        return encoding.endsWith("]");
    }

    boolean isPlain() {
        return settings.isEmpty() && !attributes.containsKey(Attribute.WITH);
    }

    String encodingWithSettings() {
        return settings.isEmpty() ? encoding : encoding + " (" + String.join(", ", settings) + ")";
    }
}
