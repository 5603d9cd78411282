package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Action;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;

/** Flattens a node model without mistakes into tokens; the last one is empty and holds the comments at the end of the file. */
final class TokenReader {

    /** Rows that stand in no braces. */
    private static final Set<String> ROWS_OF_FILE = Set.of("PmuFile:language", "PmuFile:package", "PmuFile.imports", "PmuFile.elements");

    /** What the grammar says about a node. */
    private record Part(String rule, List<String> names, boolean startsRow) {
    }

    private final Map<EObject, Part> parts = new IdentityHashMap<>();
    private final List<Token> tokens = new ArrayList<>();

    /** What stands before the next token. */
    private List<Comment> comments = new ArrayList<>();
    private int newlines = 1;
    private List<String> begins = new ArrayList<>();
    private boolean startsRow;

    private TokenReader() {
    }

    static List<Token> read(ICompositeNode root) {
        TokenReader reader = new TokenReader();
        reader.walk(root);
        reader.add("", root.getTotalEndOffset(), "");
        return reader.tokens;
    }

    private void walk(ICompositeNode node) {
        boolean inBody = false;
        for (INode child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof ILeafNode leaf && leaf.isHidden()) {
                hidden(leaf.getText());
                continue;
            }
            Part part = parts.computeIfAbsent(child.getGrammarElement(), TokenReader::part);
            int known = begins.size();
            begins.addAll(part.names);
            startsRow |= part.startsRow;
            if (child instanceof ILeafNode leaf) {
                String text = leaf.getText();
                inBody = text.equals("{") || inBody && !text.equals("}");
                add(text, leaf.getTotalOffset(), part.rule);
            } else {
                startsRow |= inBody;
                walk((ICompositeNode) child);
                // optional parts that are not there leave a node without any token
                if (begins.size() > known) {
                    begins.subList(known, begins.size()).clear();
                }
            }
        }
    }

    private void add(String text, int offset, String rule) {
        tokens.add(new Token(text, offset, List.copyOf(comments), newlines, startsRow, rule, List.copyOf(begins)));
        comments = new ArrayList<>();
        begins = new ArrayList<>();
        newlines = 0;
        startsRow = false;
    }

    private void hidden(String text) {
        if (text.startsWith("/")) {
            boolean toEndOfLine = text.startsWith("//");
            comments.add(Comment.of(text, toEndOfLine, newlines));
            newlines = toEndOfLine ? 1 : 0;
        } else {
            newlines += (int) (text + ".").lines().count() - 1;
        }
    }

    private static Part part(EObject element) {
        List<String> found = new ArrayList<>();
        Assignment assignment = GrammarUtil.containingAssignment(element);
        AbstractRule rule = GrammarUtil.containingRule(element);
        if (assignment != null) {
            found.add(rule.getName() + "." + assignment.getFeature());
        }
        if (element instanceof Keyword keyword) {
            found.add(rule.getName() + ":" + keyword.getValue());
        } else if (element instanceof RuleCall call && call.getRule() instanceof ParserRule) {
            found.add(call.getRule().getName());
        } else if (element instanceof Action) {
            // the rule's alternative, whose node stands for the rule's
            found.add(rule.getName());
        }
        return new Part(rule.getName(), found, found.stream().anyMatch(ROWS_OF_FILE::contains));
    }
}
