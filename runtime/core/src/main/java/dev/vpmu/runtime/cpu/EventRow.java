package dev.vpmu.runtime.cpu;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One event as a line of text:
 *
 * <pre>
 * code 0x1c0 counters=0x2 precise=0x2 period=2000003 errata=BDM11,BDM55 table=BroadwellServerEvents name=INST_RETIRED.PREC_DIST
 * </pre>
 *
 * The first word says how the event is asked for ({@code code}, {@code fixed} or {@code metric}), the second its encoding; what
 * is 0 or empty is left out. In values every character but letters, digits and {@code . _ : - / ( )} stands as {@code %} and
 * the two hex digits of each of its UTF-8 bytes; lists are joined by commas.
 */
public final class EventRow {

    private static final String PLAIN = "._:-/()";

    private EventRow() {
    }

    /** The line of an event, without a line end. */
    public static String format(PmuEvent event) {
        StringBuilder row = new StringBuilder(switch (event.kind()) {
            case PROGRAMMABLE -> "code";
            case FIXED -> "fixed";
            case METRIC -> "metric";
        });
        row.append(' ').append(hex(event.encoding()));
        hexValue(row, "counters", event.counters());
        hexValue(row, "precise", event.preciseCounters());
        hexValue(row, "distributed", event.distributedCounters());
        text(row, "extra", event.extraRegister());
        hexValue(row, "value", event.extraValue());
        list(row, "alternatives", event.alternatives().stream().map(EventRow::hex).toList());
        text(row, "period", event.period() == 0 ? "" : Long.toUnsignedString(event.period()));
        list(row, "flags", event.flags());
        text(row, "role", event.role());
        text(row, "architectural", event.architecturalBit() < 0 ? "" : Integer.toString(event.architecturalBit()));
        text(row, "replaced", event.replacedBy());
        list(row, "errata", event.errata());
        text(row, "table", event.table());
        text(row, "name", event.name());
        return row.toString();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no row
     */
    public static PmuEvent parse(String row) {
        String[] words = row.split(" ");
        if (words.length < 3) {
            throw new IllegalArgumentException("not a row of an event table: " + row);
        }
        PmuEvent.Kind kind = switch (words[0]) {
            case "code" -> PmuEvent.Kind.PROGRAMMABLE;
            case "fixed" -> PmuEvent.Kind.FIXED;
            case "metric" -> PmuEvent.Kind.METRIC;
            default -> throw new IllegalArgumentException("not a kind of event: " + words[0]);
        };
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : Arrays.asList(words).subList(2, words.length)) {
            int equals = word.indexOf('=');
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new PmuEvent(decode(values.get("name")), text(values, "table"), kind, number(words[1]), hexValue(values, "counters"),
                hexValue(values, "precise"), hexValue(values, "distributed"), text(values, "extra"), hexValue(values, "value"),
                list(values, "alternatives").stream().map(EventRow::number).toList(), Long.parseUnsignedLong(values.getOrDefault("period", "0")),
                list(values, "flags"), text(values, "role"), Integer.parseInt(values.getOrDefault("architectural", "-1")),
                text(values, "replaced"), list(values, "errata"));
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static long number(String hex) {
        return Long.parseUnsignedLong(hex.substring(2), 16);
    }

    private static void hexValue(StringBuilder row, String key, long value) {
        if (value != 0) {
            row.append(' ').append(key).append('=').append(hex(value));
        }
    }

    private static long hexValue(Map<String, String> values, String key) {
        return values.containsKey(key) ? number(values.get(key)) : 0;
    }

    private static void text(StringBuilder row, String key, String value) {
        if (!value.isEmpty()) {
            row.append(' ').append(key).append('=').append(encode(value));
        }
    }

    private static String text(Map<String, String> values, String key) {
        return decode(values.getOrDefault(key, ""));
    }

    private static void list(StringBuilder row, String key, List<String> items) {
        if (!items.isEmpty()) {
            row.append(' ').append(key).append('=').append(String.join(",", items.stream().map(EventRow::encode).toList()));
        }
    }

    private static List<String> list(Map<String, String> values, String key) {
        String joined = values.get(key);
        return joined == null ? List.of() : Arrays.stream(joined.split(",", -1)).map(EventRow::decode).toList();
    }

    private static String encode(String value) {
        StringBuilder plain = new StringBuilder();
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                plain.append(c);
            } else {
                plain.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xF, 16));
            }
        }
        return plain.toString();
    }

    private static String decode(String plain) {
        if (plain.indexOf('%') < 0) {
            return plain;
        }
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < plain.length(); i++) {
            if (plain.charAt(i) == '%') {
                bytes.add((byte) Integer.parseInt(plain, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.add((byte) plain.charAt(i));
            }
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes.size());
        bytes.forEach(buffer::put);
        return new String(buffer.array(), StandardCharsets.UTF_8);
    }
}
