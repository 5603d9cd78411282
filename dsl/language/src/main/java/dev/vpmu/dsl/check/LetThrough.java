package dev.vpmu.dsl.check;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.model.policy.AllowanceModel;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.AllowanceRule.Allowance;
import dev.vpmu.dsl.rules.RuleBook;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which findings policies let through: those on a policy, of a rule that it {@code allows}. */
final class LetThrough {

    private record Known(FlatPolicy policy, Place element, Pattern name) {
    }

    private final List<Known> policies;
    private final Set<Place> matched = new HashSet<>();

    LetThrough(List<FlatPolicy> policies) {
        this.policies = policies.stream().filter(policy -> policy.name() != null).map(policy -> new Known(policy, Places.of(policy.policy()),
                Pattern.compile("\\b" + Pattern.quote(policy.name()) + "\\b"))).toList();
    }

    /** Whether the policy lets through what a rule finds on it. */
    boolean allows(FlatPolicy policy, String rule) {
        List<AllowanceModel> found = policy.model().allowances().stream().filter(allowance -> allowance.rule().equals(rule)).toList();
        found.forEach(allowance -> matched.add(allowance.origin().place()));
        return !found.isEmpty();
    }

    /** Whether what a rule finds is let through by a policy that the message names or, if it names none, that the place lies in. */
    boolean allows(String rule, Place place, String message) {
        List<Known> concerned = policies.stream().filter(policy -> policy.name.matcher(message).find()).toList();
        if (concerned.isEmpty()) {
            concerned = policies.stream().filter(policy -> contains(policy.element, place)).toList();
        }
        // each is asked, so that none seems to match nothing
        return concerned.stream().filter(policy -> allows(policy.policy, rule)).count() > 0;
    }

    private static boolean contains(Place element, Place place) {
        return element.file().equals(place.file()) && element.offset() <= place.offset()
                && place.offset() + place.length() <= element.offset() + element.length();
    }

    /**
     * Every allowance of some files, once. That of another file may be meant for cpus that are not being checked.
     *
     * @param asked whether every rule was asked about the cpus
     */
    List<Allowance> allowances(RuleBook book, List<PmuFile> files, boolean asked) {
        Set<String> names = files.stream().map(file -> Places.fileName(file.eResource())).collect(Collectors.toSet());
        Set<String> ids = book.rules().stream().map(rule -> rule.facts().id()).collect(Collectors.toSet());
        Map<Place, Allowance> allowances = new LinkedHashMap<>();
        for (Known known : policies) {
            for (AllowanceModel said : known.policy.model().allowances()) {
                if (!names.contains(said.origin().place().file())) {
                    continue;
                }
                allowances.merge(said.origin().place(), new Allowance(said, ids.contains(said.rule()),
                        asked && known.policy.pmu().isCpu(), matched.contains(said.origin().place())),
                        (one, other) -> one.asked() ? one : other);
            }
        }
        return List.copyOf(allowances.values());
    }
}
