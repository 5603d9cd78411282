package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.rules.layouts.OverlappingFields;
import java.util.List;

/** The rules that come with the language. */
final class LanguageRules {

    private LanguageRules() {
    }

    static List<Rule> all() {
        return List.of(new OverlappingFields());
    }
}
