package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.generator.emit.JavaEscapes;
import dev.vpmu.generator.emit.JavaNames;
import java.util.ArrayList;
import java.util.List;

/** What the template of the events prints. */
public final class EventsView {

    /** A constant of a class file holds 65,535 bytes; rows are plain ASCII. */
    private static final int LONGEST_CHUNK = 60_000;

    private final CpuNames names;

    EventsView(CpuNames names) {
        this.names = names;
    }

    public String javaPackage() {
        return names.javaPackage();
    }

    public String className() {
        return names.events();
    }

    public String header() {
        return Header.of(names.cpu().origin());
    }

    public String comment() {
        return new Comment().line("The " + names.cpu().events().size() + " events of " + JavaEscapes.javadocText(names.cpu().name())
                + ": each constant is the event's position in {@link #TABLE}.").origin(names.cpu().origin()).toString();
    }

    /** The constant with an event's position. */
    static String constant(EventModel event) {
        // TABLE is the table's own constant
        String name = JavaNames.toJava(event.name());
        return name.equals("TABLE") || name.matches("ROWS_\\d+") ? name + "$" : name;
    }

    /** The events with their positions. */
    public List<ConstantView> constants() {
        List<ConstantView> constants = new ArrayList<>();
        for (EventModel event : names.cpu().events()) {
            constants.add(new ConstantView(event, constants.size()));
        }
        return constants;
    }

    /** The packed rows, in stretches that a class file can hold as constants each: expressions of one line a row. */
    public List<String> chunks() {
        List<List<String>> chunks = new ArrayList<>();
        int length = LONGEST_CHUNK;
        for (EventModel event : names.cpu().events()) {
            String row = PackedEvent.row(event);
            if (length + row.length() + 1 > LONGEST_CHUNK) {
                chunks.add(new ArrayList<>());
                length = 0;
            }
            length += row.length() + 1;
            chunks.get(chunks.size() - 1).add(JavaEscapes.literal(row + "\n"));
        }
        return chunks.stream().map(rows -> String.join(" +\n", rows)).toList();
    }

    /** One event's constant. */
    public final class ConstantView {

        private final EventModel event;
        private final int position;

        ConstantView(EventModel event, int position) {
            this.event = event;
            this.position = position;
        }

        public String name() {
            return constant(event);
        }

        public int position() {
            return position;
        }

        public String comment() {
            return new Comment().line(encoding() + event.role().map(EventRole::text).map(role -> "; perf's " + role).orElse("") + "; "
                    + JavaEscapes.javadocText(CpuNames.link(event.origin())) + ".").toString();
        }

        private String encoding() {
            if (event.encoding() instanceof EventEncoding.Programmable word) {
                return String.format(java.util.Locale.ROOT, "Event 0x%02X, unit mask 0x%02X, selector %s on %s", word.code(), word.umask(),
                        "0x" + Long.toHexString(word.selector()).toUpperCase(java.util.Locale.ROOT), JavaEscapes.javadocText(names.counters(event.counters())));
            } else if (event.encoding() instanceof EventEncoding.Fixed) {
                return "Counted by " + JavaEscapes.javadocText(names.counters(event.counters()));
            }
            EventEncoding.Metric metric = (EventEncoding.Metric) event.encoding();
            return "Bits [" + (metric.low() + metric.width() - 1) + ":" + metric.low() + "] of {@code " + JavaEscapes.javadocText(metric.register()) + "}";
        }
    }
}
