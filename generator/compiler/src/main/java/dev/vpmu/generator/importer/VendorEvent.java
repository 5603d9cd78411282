package dev.vpmu.generator.importer;

import dev.vpmu.generator.importer.Remark.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Typed access to one event of a vendor's file. A value that cannot be right is a problem, which names event and field; the
 * reader gets a harmless value and goes on, so that one run reports them all.
 */
final class VendorEvent {

    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9A-Fa-f]+|[0-9]+");
    private static final Pattern FIXED = Pattern.compile("Fixed counter ([0-9]{1,2})");
    private static final Set<String> ABSENT = Set.of("", "null", "na", "NA", "tbd");

    private final String name;
    private final Map<String, String> fields;
    private final List<String> problems;
    private final List<Remark> remarks;

    VendorEvent(String name, Map<String, String> fields, List<String> problems, List<Remark> remarks) {
        this.name = name;
        this.fields = fields;
        this.problems = problems;
        this.remarks = remarks;
    }

    String name() {
        return name;
    }

    void problem(String field, String text) {
        problems.add(name + ", " + field + ": " + text);
    }

    void doubt(String field, String text) {
        remarks.add(new Remark(Kind.DOUBTFUL, name, field, text));
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    String text(String field) {
        return fields.getOrDefault(field, "").strip();
    }

    /** Decimal or hexadecimal, of at most {@code bits} bits; 0 where the field is missing or says that there is none. */
    long number(String field, int bits) {
        return ABSENT.contains(text(field)) ? 0 : number(field, text(field), bits);
    }

    /** A comma-separated list of numbers; one 0 where the field is missing or says that there is none. */
    List<Long> numbers(String field, int bits) {
        if (ABSENT.contains(text(field))) {
            return List.of(0L);
        }
        List<Long> numbers = new ArrayList<>();
        for (String item : text(field).split(",", -1)) {
            numbers.add(number(field, item.strip(), bits));
        }
        return numbers;
    }

    boolean flag(String field) {
        String value = text(field);
        if (!value.equals("1") && !value.equals("0") && !ABSENT.contains(value)) {
            problem(field, "0 or 1 is expected, not \"" + value + "\"");
        }
        return value.equals("1");
    }

    /** Whether a counter field names a fixed counter, in words. */
    boolean isFixed(String field) {
        return FIXED.matcher(text(field)).matches();
    }

    /** The number of a {@code Fixed counter N}. */
    int fixedCounter(String field) {
        Matcher matcher = FIXED.matcher(text(field));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** A list of counter numbers, each below {@code limit}. */
    SortedSet<Integer> counters(String field, int limit) {
        SortedSet<Integer> counters = new TreeSet<>();
        if (!ABSENT.contains(text(field))) {
            for (long counter : numbers(field, 16)) {
                if (counter >= limit) {
                    problem(field, "there is no counter " + counter + "; the last is " + (limit - 1));
                } else {
                    counters.add((int) counter);
                }
            }
        }
        return counters;
    }

    private long number(String field, String value, int bits) {
        if (!NUMBER.matcher(value).matches()) {
            problem(field, "\"" + value + "\" is no number");
            return 0;
        }
        boolean hex = value.length() > 1 && (value.charAt(1) == 'x' || value.charAt(1) == 'X');
        long number;
        try {
            number = hex ? Long.parseUnsignedLong(value.substring(2), 16) : Long.parseUnsignedLong(value);
        } catch (NumberFormatException e) {
            problem(field, value + " has more than 64 bits");
            return 0;
        }
        if (bits < 64 && number >>> bits != 0) {
            problem(field, value + " is wider than its " + bits + " bits");
            return 0;
        }
        return number;
    }
}
