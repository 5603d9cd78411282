package dev.vpmu.dsl.syntax;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Action;
import org.eclipse.xtext.Alternatives;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.Grammar;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Group;
import org.eclipse.xtext.IGrammarAccess;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.TerminalRule;

import com.google.inject.Inject;
import com.google.inject.Singleton;

/**
 * The grammar as an automaton over tokens. It follows all readings of a text at once, so it knows the first token that no
 * reading allows, and everything that could have stood there: what a generated LL parser cannot tell. It is built from
 * the grammar itself and used only for texts with mistakes.
 */
@Singleton
public final class SyntaxAutomaton {

    static final String NAME = "a name";
    static final String NUMBER = "a number";
    static final String STRING = "a string";

    private static final String NAME_RULE = "Name";

    private record Edge(String symbol, AbstractRule call, int target) {
    }

    private final Grammar grammar;
    private final List<List<Edge>> edges = new ArrayList<>();
    private final Map<AbstractRule, int[]> ends = new LinkedHashMap<>();
    private final Map<Integer, String> ruleOfEnd = new HashMap<>();
    private final Map<List<Object>, Frame> frames = new HashMap<>();
    private final Map<Set<Position>, Situation> situations = new HashMap<>();
    private final Map<Set<Position>, Situation> endings = new HashMap<>();
    private final Set<String> words;
    private final List<String> signs;
    private final List<String> hyphenated;
    private Situation start;

    /** A rule that is being read: where to go on after it, and within which other rule. */
    static final class Frame {
        final String rule;
        final int returnState;
        final Frame parent;

        Frame(String rule, int returnState, Frame parent) {
            this.rule = rule;
            this.returnState = returnState;
            this.parent = parent;
        }
    }

    /** A place in the grammar. */
    record Position(int state, Frame frame) {
    }

    /** Something that can stand at a place: a word, a sign, or a kind of token, and the rule that asks for it. */
    record Offer(String symbol, String rule) {
    }

    @Inject
    SyntaxAutomaton(IGrammarAccess access) {
        grammar = access.getGrammar();
        words = new TreeSet<>();
        List<String> others = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        for (String keyword : new TreeSet<>(GrammarUtil.getAllKeywords(grammar)))
            if (!SourceScanner.isWordStart(keyword.charAt(0)))
                others.add(keyword);
            else {
                words.add(keyword);
                if (keyword.indexOf('-') >= 0)
                    joined.add(keyword);
            }
        Comparator<String> longestFirst = Comparator.comparingInt(String::length).reversed();
        others.sort(longestFirst);
        joined.sort(longestFirst);
        signs = List.copyOf(others);
        hyphenated = List.copyOf(joined);
    }

    /** All signs, the longest first. */
    List<String> signs() {
        return signs;
    }

    /** Words with a hyphen; they are never names. */
    List<String> hyphenatedWords() {
        return hyphenated;
    }

    /** Before the first token of a file. */
    synchronized Situation start() {
        if (start == null)
            start = situation(List.of(new Position(entry(grammar.getRules().get(0)), null)));
        return start;
    }

    /** Before the first token of the given rule, on its own. */
    synchronized Situation startOf(String rule) {
        return situation(List.of(new Position(entry(GrammarUtil.findRuleForName(grammar, rule)), null)));
    }

    /** Words and signs that the given rule can begin with. */
    synchronized Set<String> firstOf(String rule) {
        return startOf(rule).symbols();
    }

    /** The symbols that a token is: a word of the language is also a name. */
    List<String> symbols(Tokens tokens, int token) {
        return switch (tokens.kind(token)) {
            case NUMBER -> List.of(NUMBER);
            case STRING -> List.of(STRING);
            case SIGN -> List.of(tokens.text(token));
            case WORD -> {
                String word = tokens.text(token);
                yield !words.contains(word) ? List.of(NAME) : word.indexOf('-') >= 0 ? List.of(word) : List.of(word, NAME);
            }
        };
    }

    /** What can follow at some place of a text: the set of all places in the grammar that the text before can have led to. */
    final class Situation {
        private final Set<Position> positions;
        private final Map<String, Set<Position>> targets = new LinkedHashMap<>();
        private final List<Offer> offers = new ArrayList<>();
        private final boolean complete;
        private final Map<List<String>, Situation> next = new HashMap<>();
        private final Map<Situation, Situation> withouts = new HashMap<>();

        private Situation(Set<Position> positions, boolean complete) {
            this.positions = positions;
            this.complete = complete;
            for (Position position : positions)
                for (Edge edge : edges.get(position.state))
                    if (edge.symbol != null) {
                        if (targets.computeIfAbsent(edge.symbol, s -> new LinkedHashSet<>()).add(new Position(edge.target, position.frame)))
                            offers.add(new Offer(edge.symbol, position.frame == null ? "" : position.frame.rule));
                    }
        }

        /** The situation after the token, or null if it cannot stand here. */
        Situation after(Tokens tokens, int token) {
            return after(SyntaxAutomaton.this.symbols(tokens, token));
        }

        /** The situation after a token that is all of these symbols, or null. */
        Situation after(List<String> symbols) {
            synchronized (SyntaxAutomaton.this) {
                if (next.containsKey(symbols))
                    return next.get(symbols);
                Set<Position> reached = new LinkedHashSet<>();
                for (String symbol : symbols)
                    reached.addAll(targets.getOrDefault(symbol, Set.of()));
                Situation following = reached.isEmpty() ? null : situation(reached);
                next.put(symbols, following);
                return following;
            }
        }

        /** Whether the text can end here. */
        boolean isComplete() {
            return complete;
        }

        /** Whether everything that the other situation allows is allowed here too, with the same meaning. */
        boolean includes(Situation other) {
            return positions.containsAll(other.positions);
        }

        /** What can stand here, innermost first, each symbol as often as rules ask for it. */
        List<Offer> offers() {
            return offers;
        }

        Set<String> symbols() {
            return targets.keySet();
        }

        /** The places that the other situation does not have. */
        Situation without(Situation other) {
            synchronized (SyntaxAutomaton.this) {
                return withouts.computeIfAbsent(other, o -> {
                    Set<Position> kept = new LinkedHashSet<>(positions);
                    kept.removeAll(other.positions);
                    return intern(kept, complete);
                });
            }
        }

        /** Only the places that lead on by one of the symbols. */
        Situation only(Collection<String> symbols) {
            synchronized (SyntaxAutomaton.this) {
                Set<Position> kept = new LinkedHashSet<>();
                for (Position position : positions)
                    if (edges.get(position.state).stream().anyMatch(edge -> symbols.contains(edge.symbol)))
                        kept.add(position);
                return intern(kept, complete);
            }
        }
    }

    private Situation situation(Collection<Position> from) {
        Set<Position> seen = new LinkedHashSet<>();
        Set<Position> kept = new LinkedHashSet<>();
        boolean complete = false;
        for (Position position : from)
            complete |= follow(position, seen, kept);
        return intern(kept, complete);
    }

    private Situation intern(Set<Position> positions, boolean complete) {
        return (complete ? endings : situations).computeIfAbsent(positions, p -> new Situation(p, complete));
    }

    private boolean follow(Position position, Set<Position> seen, Set<Position> kept) {
        if (!seen.add(position))
            return false;
        boolean complete = false;
        for (Edge edge : edges.get(position.state)) {
            if (edge.call != null)
                complete |= follow(new Position(entry(edge.call), frame(edge.call.getName(), edge.target, position.frame)), seen, kept);
            else if (edge.symbol == null)
                complete |= follow(new Position(edge.target, position.frame), seen, kept);
            else
                kept.add(position);
        }
        if (ruleOfEnd.containsKey(position.state)) {
            if (position.frame == null)
                return true;
            complete |= follow(new Position(position.frame.returnState, position.frame.parent), seen, kept);
        }
        return complete;
    }

    private Frame frame(String rule, int returnState, Frame parent) {
        List<Object> key = new ArrayList<>();
        key.add(rule);
        key.add(returnState);
        key.add(parent);
        return frames.computeIfAbsent(key, k -> new Frame(rule, returnState, parent));
    }

    private int entry(AbstractRule rule) {
        int[] states = ends.get(rule);
        if (states == null) {
            states = new int[] { newState(), newState() };
            ends.put(rule, states);
            ruleOfEnd.put(states[1], rule.getName());
            connect(rule.getAlternatives(), states[0], states[1]);
        }
        return states[0];
    }

    private int newState() {
        edges.add(new ArrayList<>());
        return edges.size() - 1;
    }

    private void edge(int from, String symbol, AbstractRule call, int to) {
        edges.get(from).add(new Edge(symbol, call, to));
    }

    private void connect(AbstractElement element, int from, int to) {
        int first = newState();
        int last = newState();
        edge(from, null, null, first);
        connectOnce(element, first, last);
        if (GrammarUtil.isMultipleCardinality(element))
            edge(last, null, null, first);
        edge(last, null, null, to);
        if (GrammarUtil.isOptionalCardinality(element))
            edge(from, null, null, to);
    }

    private void connectOnce(AbstractElement element, int from, int to) {
        if (element instanceof Keyword keyword)
            edge(from, keyword.getValue(), null, to);
        else if (element instanceof EnumLiteralDeclaration literal)
            edge(from, literal.getLiteral().getValue(), null, to);
        else if (element instanceof Assignment assignment)
            connect(assignment.getTerminal(), from, to);
        else if (element instanceof CrossReference reference)
            connect(reference.getTerminal(), from, to);
        else if (element instanceof RuleCall call)
            connectCall(call.getRule(), from, to);
        else if (element instanceof Alternatives alternatives)
            alternatives.getElements().forEach(choice -> connect(choice, from, to));
        else if (element instanceof Group group) {
            int state = from;
            for (AbstractElement part : group.getElements()) {
                int following = newState();
                connect(part, state, following);
                state = following;
            }
            edge(state, null, null, to);
        } else if (element instanceof Action)
            edge(from, null, null, to);
        else
            throw new IllegalStateException("the grammar uses " + element.eClass().getName() + ", which the automaton does not know");
    }

    private void connectCall(AbstractRule rule, int from, int to) {
        if (rule instanceof TerminalRule)
            edge(from, switch (rule.getName()) {
                case "NUMBER" -> NUMBER;
                case "STRING" -> STRING;
                case "ID" -> NAME;
                default -> throw new IllegalStateException("unknown terminal " + rule.getName());
            }, null, to);
        else if (rule.getName().equals(NAME_RULE))
            edge(from, NAME, null, to);
        else
            edge(from, null, rule, to);
    }
}
