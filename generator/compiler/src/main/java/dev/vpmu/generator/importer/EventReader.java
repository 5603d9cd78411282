package dev.vpmu.generator.importer;

import dev.vpmu.generator.importer.ImportedEvent.Attribute;
import dev.vpmu.generator.importer.ImportOptions.ExtraRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a vendor's event into what the {@code .pmu} file says; what each field becomes is listed in {@code importer.md}. */
final class EventReader {

    private static final int FIRST_FIXED = 32;
    private static final Pattern REPLACEMENT = Pattern.compile("[Rr]efer to new event ([A-Z][A-Za-z0-9_.:=]*[A-Za-z0-9_])");

    private final ImportOptions options;

    EventReader(ImportOptions options) {
        this.options = options;
    }

    ImportedEvent read(VendorEvent event) {
        SortedMap<Attribute, String> attributes = new TreeMap<>();
        boolean fixed = event.isFixed("Counter");
        SortedSet<Integer> counters = fixed ? fixedCounters(event) : generalCounters(event, attributes);
        String encoding = fixed ? fixedEncoding(event) : codeEncoding(event, attributes);
        precise(event, counters, attributes);
        period(event, attributes);
        flag(event, "TakenAlone", "alone", Attribute.ALONE, attributes);
        flag(event, "Data_LA", "addresses", Attribute.ADDRESSES, attributes);
        flag(event, "PRECISE_STORE", "addresses", Attribute.ADDRESSES, attributes);
        flag(event, "Speculative", "speculative", Attribute.SPECULATIVE, attributes);
        flag(event, "Deprecated", "deprecated", Attribute.DEPRECATED, attributes);
        errata(event, attributes);
        options.guards().stream().filter(guard -> guard.match(event.name())).findFirst()
                .ifPresent(guard -> attributes.put(Attribute.WHEN, "when " + guard.when()));
        return new ImportedEvent(event.name(), encoding, settings(event, fixed), attributes);
    }

    /** The event that a deprecated one's description names as its successor, or null; nothing else is taken from the prose. */
    static String replacement(VendorEvent event) {
        Matcher matcher = REPLACEMENT.matcher(event.text("BriefDescription") + " " + event.text("PublicDescription"));
        return event.flag("Deprecated") && matcher.find() ? matcher.group(1) : null;
    }

    private SortedSet<Integer> fixedCounters(VendorEvent event) {
        int index = event.fixedCounter("Counter") - options.fixedNumberedFrom();
        if (index < 0 || index >= options.fixedCounters()) {
            event.problem("Counter", "there is no " + event.text("Counter") + "; the file's first is " + options.fixedNumberedFrom());
        }
        if (event.has("CounterHTOff") && !event.text("CounterHTOff").equals(event.text("Counter"))) {
            event.doubt("CounterHTOff", event.text("CounterHTOff") + " is not " + event.text("Counter") + ", which is taken");
        }
        return new TreeSet<>(List.of(FIRST_FIXED + Math.max(0, index)));
    }

    private String fixedEncoding(VendorEvent event) {
        int index = event.fixedCounter("Counter") - options.fixedNumberedFrom();
        long umask = event.number("UMask", 8);
        if (event.number("EventCode", 8) == 0 && umask != 0 && umask != index + 1) {
            event.doubt("UMask", "the pseudo code of fixed counter " + index + " is " + (index + 1) + ", not " + umask);
        }
        if (event.numbers("MSRIndex", 32).get(0) != 0) {
            event.problem("MSRIndex", "a fixed counter has no extra register");
        }
        return options.fixedBank() + "[" + index + "]";
    }

    private SortedSet<Integer> generalCounters(VendorEvent event, SortedMap<Attribute, String> attributes) {
        SortedSet<Integer> withSmt = event.counters("Counter", options.counters());
        SortedSet<Integer> all = event.has("CounterHTOff") ? event.counters("CounterHTOff", options.countersWithoutSmt()) : withSmt;
        if (withSmt.isEmpty() || all.isEmpty()) {
            event.problem("Counter", "no counter is named");
            return all;
        }
        if (!all.headSet(options.counters()).equals(withSmt)) {
            event.doubt("CounterHTOff", event.text("CounterHTOff") + " without SMT, but " + event.text("Counter") + " with it; the former is taken");
        }
        int bank = event.has("CounterHTOff") ? options.countersWithoutSmt() : options.counters();
        if (all.size() < bank) {
            attributes.put(Attribute.ON, "on " + counterSet(all));
        }
        return all;
    }

    private String codeEncoding(VendorEvent event, SortedMap<Attribute, String> attributes) {
        List<Long> codes = event.numbers("EventCode", 8);
        List<Long> unitMasks = event.numbers("UMask", 8);
        int alternative = extra(event, Math.max(codes.size(), unitMasks.size()), attributes);
        if (codes.size() > 1 && unitMasks.size() > 1) {
            event.problem("EventCode", "a list, and UMask is a list too");
        }
        long code = codes.get(Math.min(alternative, codes.size() - 1));
        long unitMask = unitMasks.get(Math.min(alternative, unitMasks.size() - 1));
        long high = event.number(event.has("UMask2") ? "UMask2" : "UMaskExt", 8);
        if (high != 0 && !options.unitMask2()) {
            event.problem("UMaskExt", "the selector has no second unit mask for " + event.text("UMaskExt"));
        }
        return "0x" + hex(code, 2) + ":0x" + (high == 0 ? hex(unitMask, 2) : hex(high << 8 | unitMask, 4));
    }

    /** Which of the alternatives in EventCode or UMask is written; the others follow from the CPU's extra registers. */
    private int extra(VendorEvent event, int alternatives, SortedMap<Attribute, String> attributes) {
        List<Long> registers = event.numbers("MSRIndex", 32);
        long value = event.number("MSRValue", 64);
        long first = registers.get(0);
        if (first == 0) {
            if (value != 0) {
                event.doubt("MSRValue", event.text("MSRValue") + " is for no register and is left out");
            }
            if (alternatives > 1) {
                event.doubt("EventCode", "alternatives without an extra register; the first is written");
            }
            return 0;
        }
        for (ExtraRegister extra : options.extras()) {
            for (int i = 0; i < extra.msrs().size(); i++) {
                if (extra.msr(i) == first) {
                    attributes.put(Attribute.WITH, "with " + extra.name() + " " + grouped(value));
                    return alternatives == extra.msrs().size() ? i : 0;
                }
            }
        }
        event.problem("MSRIndex", "the options name no extra register for MSR 0x" + hex(first, 3));
        return 0;
    }

    private void precise(VendorEvent event, SortedSet<Integer> counters, SortedMap<Attribute, String> attributes) {
        boolean precise = event.has("Precise") ? event.flag("Precise") : event.number("PEBS", 2) != 0;
        if (!precise) {
            return;
        }
        SortedSet<Integer> records = new TreeSet<>(event.has("PEBScounters")
                ? event.counters("PEBScounters", FIRST_FIXED + options.fixedCounters()) : options.preciseCounters());
        boolean within = !event.has("PEBScounters") || counters.containsAll(records);
        records.retainAll(counters);
        if (records.isEmpty()) {
            event.doubt("PEBScounters", "precise, but on none of its counters " + event.text("Counter") + "; left out");
            return;
        }
        if (!within) {
            event.doubt("PEBScounters", event.text("PEBScounters") + " is more than " + event.text("Counter") + "; the common ones are taken");
        }
        attributes.put(Attribute.PRECISE, "precise on " + counterSet(records));
        SortedSet<Integer> distributed = event.counters(event.has("PDIR_COUNTER") ? "PDIR_COUNTER" : "PDISTCounter",
                FIRST_FIXED + options.fixedCounters());
        if (!distributed.isEmpty()) {
            if (distributed.retainAll(records)) {
                event.doubt("PDISTCounter", event.text("PDISTCounter") + " is not among the counters that write records: "
                        + counterSet(records) + "; the common ones are taken");
            }
            if (!distributed.isEmpty()) {
                attributes.put(Attribute.DISTRIBUTED, "distributed on " + counterSet(distributed));
            }
        }
    }

    private void period(VendorEvent event, SortedMap<Attribute, String> attributes) {
        long period = event.number("SampleAfterValue", options.counterWidth());
        if (period != 0) {
            attributes.put(Attribute.PERIOD, "period " + period);
        }
    }

    private List<String> settings(VendorEvent event, boolean fixed) {
        List<String> settings = new ArrayList<>();
        long threshold = event.number("CounterMask", 8);
        setting(event, "CounterMask", threshold != 0, fixed, " " + threshold, settings);
        setting(event, "Invert", event.flag("Invert"), fixed, "", settings);
        setting(event, "EdgeDetect", event.flag("EdgeDetect"), fixed, "", settings);
        setting(event, "AnyThread", event.flag("AnyThread"), false, "", settings);
        setting(event, "Equal", event.flag("Equal"), fixed, "", settings);
        return settings;
    }

    private void setting(VendorEvent event, String field, boolean set, boolean impossible, String value, List<String> settings) {
        String name = options.selectorFields().get(field);
        if (set && impossible) {
            event.problem(field, "a fixed counter has no such field");
        } else if (set && name == null) {
            event.problem(field, "the options name no selector field for it");
        } else if (set) {
            settings.add(name + value);
        }
    }

    private static void flag(VendorEvent event, String field, String word, Attribute attribute, SortedMap<Attribute, String> attributes) {
        if (event.flag(field)) {
            attributes.put(attribute, word);
        }
    }

    private static void errata(VendorEvent event, SortedMap<Attribute, String> attributes) {
        List<String> quoted = new ArrayList<>();
        for (String erratum : event.text("Errata").split(",")) {
            String id = erratum.strip();
            if (id.matches("[A-Z]+[0-9]+")) {
                quoted.add('"' + id + '"');
            } else if (!id.isEmpty() && !id.equals("null") && !id.equals("0")) {
                event.problem("Errata", "\"" + id + "\" is no erratum's id");
            }
        }
        if (!quoted.isEmpty()) {
            attributes.put(Attribute.ERRATA, "errata " + String.join(", ", quoted));
        }
    }

    private String counterSet(SortedSet<Integer> counters) {
        List<String> terms = new ArrayList<>();
        term(counters.headSet(FIRST_FIXED), 0, options.generalBank(), options.countersWithoutSmt(), terms);
        term(counters.tailSet(FIRST_FIXED), FIRST_FIXED, options.fixedBank(), options.fixedCounters(), terms);
        return String.join(" or ", terms);
    }

    private static void term(SortedSet<Integer> counters, int first, String bank, int size, List<String> terms) {
        if (counters.isEmpty()) {
            return;
        }
        List<String> ranges = new ArrayList<>();
        for (int low = counters.first() - first; low < 64; low++) {
            if (counters.contains(low + first)) {
                int high = low;
                while (counters.contains(high + 1 + first)) {
                    high++;
                }
                ranges.add(low == high ? "" + low : low + ".." + high);
                low = high;
            }
        }
        terms.add(counters.size() == size ? bank : bank + "[" + String.join(", ", ranges) + "]");
    }

    /** More than eight digits in groups of four, as the formatter writes them. */
    private static String grouped(long value) {
        String digits = hex(value, 1);
        if (digits.length() <= 8) {
            return "0x" + digits;
        }
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        StringBuilder text = new StringBuilder(even);
        for (int i = even.length() - 4; i > 0; i -= 4) {
            text.insert(i, '_');
        }
        return "0x" + text;
    }

    private static String hex(long value, int digits) {
        String text = Long.toHexString(value).toUpperCase(java.util.Locale.ROOT);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
