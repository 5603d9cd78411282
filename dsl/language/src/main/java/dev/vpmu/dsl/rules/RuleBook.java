package dev.vpmu.dsl.rules;

import com.google.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The rules of the language and the users' own, by id. */
@Singleton
public class RuleBook {

    private final List<Rule> rules;

    /** The language's rules, and those that the {@link ServiceLoader} finds from the class loader of the calling thread. */
    public RuleBook() {
        this(ownRules());
    }

    /** The language's rules, and {@code own}. */
    public RuleBook(List<? extends Rule> own) {
        TreeMap<String, Rule> byId = new TreeMap<>();
        List<Rule> all = new ArrayList<>(LanguageRules.all());
        all.addAll(own);
        for (Rule rule : all) {
            Rule other = byId.putIfAbsent(rule.facts().id(), rule);
            if (other != null) {
                throw new IllegalStateException("Two rules have the id " + rule.facts().id() + ": "
                        + other.getClass().getName() + " and " + rule.getClass().getName());
            }
        }
        rules = List.copyOf(byId.values());
    }

    private static List<Rule> ownRules() {
        return ServiceLoader.load(Rule.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    /** Every rule, by id. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rules of one form, by id. */
    public <R extends Rule> List<R> rules(Class<R> form) {
        return rules.stream().filter(form::isInstance).map(form::cast).toList();
    }
}
