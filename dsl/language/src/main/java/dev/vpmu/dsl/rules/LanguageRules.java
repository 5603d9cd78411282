package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.rules.layouts.OverlappingFields;
import java.util.List;
import java.util.stream.Stream;

/** The rules that come with the language, by subject. */
final class LanguageRules {

    private LanguageRules() {
    }

    static List<Rule> all() {
        return Stream.of(names(), layouts(), registers(), counters(), cpuid(), events(), constraints(), versions()).flatMap(List::stream).toList();
    }

    /** PMU00xx. */
    private static List<Rule> names() {
        return List.of();
    }

    /** PMU01xx. */
    private static List<Rule> layouts() {
        return List.of(new OverlappingFields());
    }

    /** PMU02xx. */
    private static List<Rule> registers() {
        return List.of();
    }

    /** PMU03xx. */
    private static List<Rule> counters() {
        return List.of();
    }

    /** PMU04xx. */
    private static List<Rule> cpuid() {
        return List.of();
    }

    /** PMU05xx. */
    private static List<Rule> events() {
        return List.of();
    }

    /** PMU06xx. */
    private static List<Rule> constraints() {
        return List.of();
    }

    /** PMU08xx. */
    private static List<Rule> versions() {
        return List.of();
    }
}
