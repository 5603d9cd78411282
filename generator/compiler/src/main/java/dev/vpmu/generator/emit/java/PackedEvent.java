package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventFlag;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.ExtraValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** An event as the line of text that the runtime's event table reads; {@code dev.vpmu.runtime.cpu.EventRow} says how it is made. */
final class PackedEvent {

    private static final String PLAIN = "._:-/()";

    private PackedEvent() {
    }

    static String row(EventModel event) {
        StringBuilder row = new StringBuilder();
        String extraRegister = event.extra().map(ExtraValue::register).orElse("");
        if (event.encoding() instanceof EventEncoding.Programmable word) {
            row.append("code ").append(hex(word.selector()));
        } else if (event.encoding() instanceof EventEncoding.Fixed fixed) {
            row.append("fixed ").append(hex(fixed.control()));
        } else if (event.encoding() instanceof EventEncoding.Metric metric) {
            row.append("metric ").append(hex(Bits.mask(metric.low(), metric.width())));
            extraRegister = metric.register();
        }
        mask(row, "counters", event.counters());
        mask(row, "precise", event.preciseCounters());
        mask(row, "distributed", event.distributedCounters());
        text(row, "extra", extraRegister);
        mask(row, "value", event.extra().map(ExtraValue::value).orElse(0L));
        list(row, "alternatives", event.alternatives().stream().map(other -> hex(((EventEncoding.Programmable) other).selector())).toList());
        text(row, "period", event.period() == 0 ? "" : Long.toUnsignedString(event.period()));
        list(row, "flags", event.flags().stream().map(EventFlag::name).map(flag -> flag.toLowerCase(Locale.ROOT)).toList());
        text(row, "role", event.role().map(EventRole::text).orElse(""));
        text(row, "architectural", event.architecturalBit().isPresent() ? Integer.toString(event.architecturalBit().getAsInt()) : "");
        text(row, "replaced", event.replacedBy().orElse(""));
        list(row, "errata", event.errata());
        text(row, "table", event.origin().declaredIn());
        text(row, "name", event.name());
        return row.toString();
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static void mask(StringBuilder row, String key, long value) {
        text(row, key, value == 0 ? "" : hex(value));
    }

    private static void text(StringBuilder row, String key, String value) {
        if (!value.isEmpty()) {
            row.append(' ').append(key).append('=').append(encode(value));
        }
    }

    private static void list(StringBuilder row, String key, List<String> items) {
        if (!items.isEmpty()) {
            row.append(' ').append(key).append('=').append(String.join(",", items.stream().map(PackedEvent::encode).toList()));
        }
    }

    private static String encode(String value) {
        StringBuilder plain = new StringBuilder();
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            int c = unit & 0xFF;
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                plain.append((char) c);
            } else {
                plain.append(String.format(Locale.ROOT, "%%%02x", c));
            }
        }
        return plain.toString();
    }
}
