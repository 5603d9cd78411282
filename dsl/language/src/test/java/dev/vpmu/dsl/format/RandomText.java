package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.eclipse.xtext.AbstractElement;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Alternatives;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.Grammar;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Group;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.TerminalRule;

/** A text that the grammar allows, as untidy as can be: any white space, and comments between any two tokens. */
final class RandomText {

    /** A token, and what stands before it. */
    record Piece(String hidden, String token) {
    }

    private static final List<String> COMMENTS = List.of("// to the end", "//", "// trailing   ", "// \"quoted\" { } /* no */", "/* inline */", "/**/",
        "/* two\n   lines */", "/** Documentation. */", "/**\n * Of several\n\n\t* lines.  \n */", "/* a\r\n * b */", "/* ä {} = // */");
    private static final List<String> SPACES = List.of(" ", " ", " ", "  ", "\t", "\n", "\n", "\r\n", "\n\n", "\n \n\n", "      ");
    private static final List<String> STRINGS = List.of("\"\"", "\"SDM vol. 3\"", "\"a // b\"", "\"/* c */\"", "\"say \\\"x\\\"\"", "\"{ é = }\"",
        "\"OFFCORE_RESPONSE:request=DEMAND_RFO:response=LLC_HIT.ANY_RESPONSE\"");
    private static final List<String> NAMES = List.of("gp", "fixed", "lbr", "IA32_PMC", "INST_RETIRED", "x", "a_name_of_medium_length", "L1D", "ANY_P");

    /** The language allows 32 brackets in each other. */
    private static final int MOST_EXPRESSIONS = 8;

    private final Random random;
    private final double comments;
    private final boolean tidy;
    private final List<Piece> pieces = new ArrayList<>();
    /** The alternative taken last: the same kind of row often follows, so that there are runs. */
    private final Map<Alternatives, Integer> lastTaken = new HashMap<>();
    private int expressions;
    private int budget;

    private RandomText(Random random) {
        this.random = random;
        this.tidy = random.nextInt(4) == 0;
        this.comments = tidy || random.nextInt(3) == 0 ? 0 : random.nextDouble() * random.nextDouble() * 0.4;
        this.budget = 20 + random.nextInt(400);
    }

    /** The pieces of one file; the last one is the white space at its end. */
    static List<Piece> generate(Grammar grammar, long seed) {
        RandomText text = new RandomText(new Random(seed));
        text.expand(grammar.getRules().get(0).getAlternatives());
        text.add("");
        return text.pieces;
    }

    static String join(List<Piece> pieces) {
        return pieces.stream().map(piece -> piece.hidden() + piece.token()).collect(Collectors.joining());
    }

    private void expand(AbstractElement element) {
        for (int times = times(element); times > 0; times--) {
            expandOnce(element);
        }
    }

    private int times(AbstractElement element) {
        boolean ofPackage = element instanceof Group group && group.getElements().get(0) instanceof Keyword word && word.getValue().equals("package");
        if (GrammarUtil.isOptionalCardinality(element) && !GrammarUtil.isMultipleCardinality(element)) {
            return ofPackage || random.nextInt(3) == 0 ? 1 : 0;
        }
        if (!GrammarUtil.isMultipleCardinality(element)) {
            return 1;
        }
        int times = budget > 0 ? random.nextInt(random.nextInt(3) == 0 ? 9 : 3) : 0;
        return GrammarUtil.isOptionalCardinality(element) ? times : Math.max(1, times);
    }

    private void expandOnce(AbstractElement element) {
        if (element instanceof Alternatives alternatives) {
            int count = alternatives.getElements().size();
            int taken = random.nextInt(3) > 0 ? lastTaken.getOrDefault(alternatives, random.nextInt(count)) : random.nextInt(count);
            lastTaken.put(alternatives, taken);
            expand(alternatives.getElements().get(taken));
        } else if (element instanceof Group group) {
            group.getElements().forEach(this::expand);
        } else if (element instanceof Assignment assignment) {
            expand(assignment.getTerminal());
        } else if (element instanceof CrossReference reference) {
            expand(reference.getTerminal());
        } else if (element instanceof EnumLiteralDeclaration literal) {
            add(literal.getLiteral().getValue());
        } else if (element instanceof Keyword keyword) {
            add(keyword.getValue());
        } else if (element instanceof RuleCall call) {
            call(call, call.getRule());
        }
    }

    private void call(RuleCall call, AbstractRule rule) {
        if (rule.getName().equals("MaskExpression") && ++expressions > MOST_EXPRESSIONS) {
            add("guest");
        } else if (rule instanceof TerminalRule) {
            add(terminal(rule.getName(), GrammarUtil.containingRule(call).getName()));
        } else if (rule.getName().equals("Name") && random.nextInt(8) > 0) {
            add(pick(NAMES));
        } else if (List.of("QualifiedName", "ImportedName", "EventName", "Decimal").contains(rule.getName())) {
            int first = pieces.size();
            expand(rule.getAlternatives());
            glue(first);
        } else {
            expand(rule.getAlternatives());
        }
        if (rule.getName().equals("MaskExpression")) {
            expressions--;
        }
    }

    /** No white space stands inside a dotted name. */
    private void glue(int first) {
        for (int i = first + 1; i < pieces.size(); i++) {
            pieces.set(i, new Piece("", pieces.get(i).token()));
        }
    }

    private String terminal(String name, String rule) {
        return switch (name) {
            case "ID" -> pick(NAMES);
            case "STRING" -> pick(rule.equals("EventName") ? STRINGS.subList(1, STRINGS.size()) : STRINGS);
            case "NUMBER" -> rule.equals("PmuFile") ? "1" : rule.equals("EventName") ? pick(List.of("128B_PACKED", "0", "2nd")) : number();
            default -> throw new IllegalStateException("a terminal that the generator does not know: " + name);
        };
    }

    private String number() {
        if (random.nextInt(3) == 0) {
            return pick(List.of("0", "7", "48", "2000003", "2_000_003"));
        }
        StringBuilder digits = new StringBuilder();
        int count = 1 + random.nextInt(random.nextInt(3) == 0 ? 16 : 4);
        for (int i = 0; i < count; i++) {
            String all = random.nextInt(4) == 0 ? "0" : "0123456789abcdefABCDEF";
            digits.append(i > 0 && random.nextInt(6) == 0 ? "_" : "").append(all.charAt(random.nextInt(all.length())));
        }
        return "0x" + digits;
    }

    private void add(String token) {
        budget--;
        pieces.add(new Piece(hidden(token), token));
    }

    private String hidden(String token) {
        String last = pieces.isEmpty() ? "" : pieces.get(pieces.size() - 1).token();
        StringBuilder hidden = new StringBuilder();
        if (!last.isEmpty() && (isWord(last.charAt(last.length() - 1)) && !token.isEmpty() && isWord(token.charAt(0)) || random.nextInt(2) == 0)) {
            hidden.append(tidy ? " " : pick(SPACES));
        }
        while (random.nextDouble() < comments) {
            String comment = pick(COMMENTS);
            hidden.append(comment).append(comment.startsWith("//") ? pick(List.of("\n", "\r\n")) : "");
            if (random.nextBoolean()) {
                hidden.append(pick(SPACES));
            }
        }
        return hidden.toString();
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
