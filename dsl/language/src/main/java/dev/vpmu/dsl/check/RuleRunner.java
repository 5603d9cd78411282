package dev.vpmu.dsl.check;

import com.google.inject.Inject;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.ModelResolver;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.AllowanceRule;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.ModelRule;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.PolicyRule;
import dev.vpmu.dsl.rules.Rule;
import dev.vpmu.dsl.rules.RuleBook;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import dev.vpmu.dsl.scoping.PolicyChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks every rule about some files. Stateless; the state of one run is in {@link Run}. */
public class RuleRunner {

    @Inject
    private RuleBook book;

    /**
     * What the rules find.
     *
     * @param files the files, linked
     * @param broken the elements of which a part could not be read or linked
     * @param whole whether nothing in the files was left unread or unlinked, outside of elements neither
     */
    public List<Finding> run(List<PmuFile> files, Set<Element> broken, boolean whole) {
        List<FlatPmu> pmus = flatten(files);
        List<FlatPolicy> policies = PolicyFinder.policies(files, pmus);
        Run run = new Run(broken, new LetThrough(policies));
        book.rules(FileRule.class).forEach(rule -> files.forEach(file -> rule.check(file, run.findingsOf(rule, file))));
        for (PmuRule rule : book.rules(PmuRule.class)) {
            for (FlatPmu pmu : pmus) {
                if (run.canJudge(rule, pmu)) {
                    rule.check(pmu, run.findingsOf(rule));
                }
            }
        }
        for (PolicyRule rule : book.rules(PolicyRule.class)) {
            policies.stream().filter(run::isReadable).forEach(policy -> rule.check(policy, run.findingsOf(rule, policy)));
        }
        List<FlatEvents> tables = tables(files, pmus, run);
        for (EventRule rule : book.rules(EventRule.class)) {
            for (FlatEvents events : tables) {
                if (run.canJudge(rule, events.pmu()) && (rule.absence() == Absence.OF_NOTHING || events.tables().stream().noneMatch(broken::contains))) {
                    rule.check(events, run.findingsOf(rule));
                }
            }
        }
        book.rules(SetRule.class).stream().filter(rule -> rule.absence() == Absence.OF_NOTHING || broken.isEmpty())
                .forEach(rule -> rule.check(files, pmus, run.findingsOf(rule)));
        List<ModelRule> modelRules = book.rules(ModelRule.class);
        // what is wrong with a policy alone does not keep its cpu from being resolved, and is often half of what its bits tell
        Set<String> aboutPolicies = book.rules(PolicyRule.class).stream().map(rule -> rule.facts().id()).collect(Collectors.toSet());
        boolean sound = whole && run.found.values().stream()
                .noneMatch(finding -> finding.severity() == Severity.ERROR && !aboutPolicies.contains(finding.id()));
        if (!modelRules.isEmpty() && sound) {
            pmus.stream().filter(FlatPmu::isCpu).map(ModelResolver::resolve)
                    .forEach(cpu -> modelRules.forEach(rule -> rule.check(cpu, run.findingsOf(rule))));
        }
        book.rules(AllowanceRule.class).forEach(rule -> rule.check(run.letThrough.allowances(book, files, sound), run.findingsOf(rule)));
        return run.found.values().stream().sorted().toList();
    }

    /** The pmus of the files with their inheritance worked out, each after what it extends. */
    static List<FlatPmu> flatten(List<PmuFile> files) {
        Set<Pmu> ordered = new LinkedHashSet<>();
        for (PmuFile file : files) {
            for (Element element : file.getElements()) {
                if (element instanceof Pmu pmu && pmu.getName() != null) {
                    addAfterParents(pmu, ordered, new LinkedHashSet<>());
                }
            }
        }
        ordered.removeIf(pmu -> !files.contains(pmu.eContainer()));
        return ordered.stream().map(FlatPmu::new).toList();
    }

    /** The events of the pmus, and those of each table that none of them lists. */
    private static List<FlatEvents> tables(List<PmuFile> files, List<FlatPmu> pmus, Run run) {
        List<FlatEvents> events = new ArrayList<>();
        Set<EventTable> listed = new LinkedHashSet<>();
        for (FlatPmu pmu : pmus) {
            events.add(new FlatEvents(pmu, pmu.tables(), run.isReadable(pmu)));
            // a pmu whose header could not be read says nothing about the tables that it lists
            pmu.tables().stream().filter(table -> pmu.chain().contains(table.getPmu())).forEach(listed::add);
        }
        for (PmuFile file : files) {
            for (Element element : file.getElements()) {
                if (element instanceof EventTable table && table.getPmu() != null && !table.getPmu().eIsProxy() && !listed.contains(table)) {
                    FlatPmu pmu = new FlatPmu(table.getPmu());
                    events.add(new FlatEvents(pmu, List.of(table), run.isReadable(pmu)));
                }
            }
        }
        return events;
    }

    private static void addAfterParents(Pmu pmu, Set<Pmu> ordered, Set<Pmu> path) {
        if (path.add(pmu) && !ordered.contains(pmu)) {
            if (pmu.getParent() != null && !pmu.getParent().eIsProxy()) {
                addAfterParents(pmu.getParent(), ordered, path);
            }
            ordered.add(pmu);
        }
    }

    /** What one run has found so far: one finding for each rule and place. */
    private static final class Run {

        private record Key(String id, Place place) {
        }

        private final Map<Key, Finding> found = new LinkedHashMap<>();
        private final Set<Element> broken;
        private final LetThrough letThrough;

        Run(Set<Element> broken, LetThrough letThrough) {
            this.broken = broken;
            this.letThrough = letThrough;
        }

        /** Whether what the rule could miss in the pmu has been read. */
        boolean canJudge(Rule rule, FlatPmu pmu) {
            return switch (rule.absence()) {
                case OF_NOTHING -> true;
                case OF_STATEMENTS -> hasWholeStatements(pmu);
                case OF_ANYTHING -> isWhole(pmu);
            };
        }

        private boolean isWhole(FlatPmu pmu) {
            return isReadable(pmu) && pmu.tables().stream().noneMatch(broken::contains);
        }

        /** Whether its own and its ancestors' statements could be read, and its banks. */
        private boolean hasWholeStatements(FlatPmu pmu) {
            return PmuChain.isWhole(pmu.pmu()) && pmu.chain().stream().noneMatch(broken::contains)
                    && pmu.banks().stream().noneMatch(bank -> broken.contains(bank.bank()));
        }

        /** Whether all but its events could be read. */
        boolean isReadable(FlatPmu pmu) {
            List<Element> parts = new ArrayList<>();
            pmu.registers().forEach(register -> pmu.layout(register).ifPresent(layout ->
                    parts.addAll(PmuChain.of(layout.layout()))));
            return hasWholeStatements(pmu) && parts.stream().noneMatch(broken::contains)
                    && parts.stream().noneMatch(part -> part instanceof Layout layout && !PmuChain.isWhole(layout));
        }

        /** Whether the policy and all of its pmu but the events could be read. */
        boolean isReadable(FlatPolicy policy) {
            return isReadable(policy.pmu()) && PolicyChain.isWhole(policy.policy())
                    && PolicyChain.of(policy.policy()).stream().noneMatch(broken::contains);
        }

        Findings findingsOf(Rule rule) {
            return (place, message, other) -> {
                if (!letThrough.allows(rule.facts().id(), place, message)) {
                    add(rule, place, message, other);
                }
            };
        }

        Findings findingsOf(PolicyRule rule, FlatPolicy policy) {
            return (place, message, other) -> {
                if (!letThrough.allows(policy, rule.facts().id())) {
                    add(rule, place, message, other);
                }
            };
        }

        /** A rule about absence says nothing about the broken elements of a file. */
        Findings findingsOf(Rule rule, PmuFile file) {
            if (rule.absence() == Absence.OF_NOTHING) {
                return findingsOf(rule);
            }
            List<Place> silent = file.getElements().stream().filter(broken::contains).map(dev.vpmu.dsl.resolve.Places::of).toList();
            return (place, message, other) -> {
                if (silent.stream().noneMatch(element -> element.offset() <= place.offset()
                        && place.offset() <= element.offset() + element.length())) {
                    add(rule, place, message, other);
                }
            };
        }

        private void add(Rule rule, Place place, String message, Place other) {
            found.putIfAbsent(new Key(rule.facts().id(), place),
                    new Finding(rule.facts().id(), rule.facts().severity(), place, message, Optional.ofNullable(other)));
        }
    }
}
