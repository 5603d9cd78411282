package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.FieldRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Patterns of events as Java conditions over {@code config}, {@code precise} and, for ranges, {@code code}. */
final class EventCondition {

    /** What always holds. */
    static final String ALWAYS = "true";

    private EventCondition() {
    }

    /** Whether one of some patterns matches; empty if none ever does. */
    static Optional<String> any(SelectorWord word, List<EventPattern> patterns, boolean plain) {
        List<String> conditions = patterns.stream().map(pattern -> of(word, pattern, plain)).flatMap(Optional::stream).distinct().toList();
        return conditions.isEmpty() ? Optional.empty()
                : Optional.of(conditions.contains(ALWAYS) ? ALWAYS : String.join("\n        || ", conditions));
    }

    /**
     * Whether a pattern matches; empty if it never does.
     *
     * @param plain whether nothing but the event code and the unit mask may be set
     */
    static Optional<String> of(SelectorWord word, EventPattern pattern, boolean plain) {
        boolean single = pattern.codeLow() == pattern.codeHigh();
        boolean impossible = single && !word.holds(FieldRole.EVENT_CODE, pattern.codeLow())
                || (pattern.umaskValue() & ~pattern.umaskMask()) != 0 || !word.holds(FieldRole.UNIT_MASK, pattern.umaskValue())
                || (pattern.selectorValue() & ~pattern.selectorMask()) != 0
                || pattern.umaskAny().stream().anyMatch(any -> word.place(FieldRole.UNIT_MASK, any) == 0);
        if (impossible) {
            return Optional.empty();
        }
        long mask = word.place(FieldRole.UNIT_MASK, pattern.umaskMask()) | pattern.selectorMask() | (plain ? ~word.eventMask() : 0);
        long value = word.place(FieldRole.UNIT_MASK, pattern.umaskValue()) | pattern.selectorValue();
        if (single) {
            mask |= word.mask(FieldRole.EVENT_CODE);
            value |= word.place(FieldRole.EVENT_CODE, pattern.codeLow());
        }
        if ((value & ~mask) != 0 || plain && (value & ~word.eventMask()) != 0) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        compare(parts, mask, value);
        if (!single) {
            range(word, pattern).ifPresent(parts::add);
        }
        pattern.umaskAny().forEach(any -> parts.add("(config & " + Literals.hex(word.place(FieldRole.UNIT_MASK, any)) + ") != 0"));
        if (pattern.umaskSeveral()) {
            parts.add("Long.bitCount(config & " + Literals.hex(word.mask(FieldRole.UNIT_MASK)) + ") > 1");
        }
        if (pattern.preciseLevel() != 0) {
            parts.add("precise == " + pattern.preciseLevel());
        }
        return Optional.of(parts.isEmpty() ? ALWAYS : String.join(" && ", parts));
    }

    private static void compare(List<String> parts, long mask, long value) {
        if (mask == -1) {
            parts.add("config == " + Literals.hex(value));
        } else if (mask != 0) {
            parts.add("(config & " + Literals.hex(mask) + ") == " + Literals.hex(value));
        }
    }

    /** Whether the event code is in the pattern's range; empty if it always is. */
    private static Optional<String> range(SelectorWord word, EventPattern pattern) {
        List<String> ends = new ArrayList<>();
        if (pattern.codeLow() > 0) {
            ends.add("code >= " + Literals.hexInt(pattern.codeLow()));
        }
        if (pattern.codeHigh() < Bits.mask(0, Math.min(word.width(FieldRole.EVENT_CODE), Integer.SIZE - 1))) {
            ends.add("code <= " + Literals.hexInt(pattern.codeHigh()));
        }
        return ends.isEmpty() ? Optional.empty() : Optional.of(String.join(" && ", ends));
    }

    /** Patterns in the language's words: {@code 0xCD, 0xD0..0xD2 umask has 0x08}. */
    static String text(SelectorWord word, List<EventPattern> patterns) {
        int whole = word.wholeUmask();
        EventPattern first = patterns.stream().filter(pattern -> pattern.umaskMask() != whole).findFirst().orElse(patterns.get(0));
        StringBuilder text = new StringBuilder(patterns.stream().map(pattern -> codes(pattern, whole)).collect(Collectors.joining(", ")));
        if (first.umaskMask() != 0 && first.umaskMask() != whole) {
            text.append(" umask has ").append(hex(first.umaskMask()));
        }
        first.umaskAny().forEach(any -> text.append(" umask any ").append(hex(any)));
        if (first.umaskSeveral()) {
            text.append(" umask several");
        }
        if (first.selectorMask() != 0) {
            text.append(word.layout().fields().stream().filter(field -> field.array().isEmpty() && (field.maskOf(0) & ~first.selectorMask()) == 0)
                    .map(field -> field.width() == 1 ? field.name() : field.name() + " " + (first.selectorValue() >>> field.low() & Bits.mask(0, field.width())))
                    .collect(Collectors.joining(", ", " (", ")")));
        }
        return text.append(first.preciseLevel() == 0 ? "" : " precise " + first.preciseLevel()).toString();
    }

    private static String codes(EventPattern pattern, int wholeUmask) {
        if (pattern.codeHigh() == Integer.MAX_VALUE) {
            return "any";
        }
        String codes = hex(pattern.codeLow()) + (pattern.codeLow() == pattern.codeHigh() ? "" : ".." + hex(pattern.codeHigh()));
        return pattern.umaskMask() == wholeUmask && wholeUmask != 0 ? codes + ":" + hex(pattern.umaskValue()) : codes;
    }

    private static String hex(int number) {
        return String.format(Locale.ROOT, "0x%02X", number);
    }
}
