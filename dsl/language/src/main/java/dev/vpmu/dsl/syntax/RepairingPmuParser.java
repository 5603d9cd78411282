package dev.vpmu.dsl.syntax;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.Lexer;
import org.antlr.runtime.RecognitionException;
import org.eclipse.emf.common.util.WrappedException;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.diagnostics.Diagnostic;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.impl.NodeModelBuilder;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.ParseException;
import org.eclipse.xtext.parser.antlr.XtextTokenStream;

import com.google.inject.Inject;

import dev.vpmu.dsl.parser.antlr.PmuParser;
import dev.vpmu.dsl.parser.antlr.internal.InternalPmuParser;

/**
 * Parses a text once if it is clean. Otherwise the mistakes are found by {@link MistakeFinder}, and what is parsed is the
 * text without them, so that the AST holds everything else. Nodes have the offsets, lines and contents of the original.
 */
public class RepairingPmuParser extends PmuParser {

    /** Rounds in which braces are put right, or the generated parser may disagree with the automaton, before the rest is given up. */
    private static final int MOST_ROUNDS = 5;
    private static final int MOST_NUMBERS = 10;

    @Inject
    private SyntaxAutomaton automaton;

    @Override
    public IParseResult doParse(Reader reader) {
        try {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return doParse(text.toString());
        } catch (IOException e) {
            throw new WrappedException(e);
        }
    }

    @Override
    public IParseResult doParse(CharSequence sequence) {
        String text = sequence.toString();
        Repair repair = new Repair(text);
        SourceScanner scanner = new SourceScanner(repair.text(), automaton);
        Optional<Mistake> refusal = LanguageVersion.refusal(scanner.tokens());
        if (refusal.isPresent())
            return refused(text, refusal.get());
        if (scanner.mistakes().isEmpty() && !isDeeplyNested(scanner.tokens())) {
            IParseResult parsed = parseClean(repair.text());
            if (parsed != null)
                return result(parsed, repair, scanner.tokens());
        }
        repair(repair, scanner);
        return result(parseRepaired(repair), repair, scanner.tokens());
    }

    /** A change is parsed with the whole text: a part cannot tell what the rest of the text makes of it. */
    @Override
    protected boolean isReparseSupported() {
        return false;
    }

    /** The tree of a text without syntax mistakes, or null at the first one. */
    private IParseResult parseClean(String text) {
        try {
            IParseResult parsed = parse(getDefaultRuleName(), new CleanText(text));
            return hasSyntaxMistake(parsed) ? null : parsed;
        } catch (ParseException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause())
                if (cause instanceof FirstMistake)
                    return null;
            throw e;
        }
    }

    @Override
    protected InternalPmuParser createParser(XtextTokenStream stream) {
        if (!(stream.getTokenSource() instanceof Lexer lexer && lexer.getCharStream() instanceof CleanText))
            return super.createParser(stream);
        return new InternalPmuParser(stream, getGrammarAccess()) {
            @Override
            public void reportError(RecognitionException e) {
                throw new FirstMistake();
            }
        };
    }

    /** A text of which no tree is wanted if it has a mistake. */
    private static final class CleanText extends ANTLRStringStream {
        CleanText(String text) {
            super(text);
        }
    }

    /** Ends a parse whose result is not wanted. */
    private static final class FirstMistake extends RuntimeException {
        private static final long serialVersionUID = 1;

        FirstMistake() {
            super(null, null, false, false);
        }
    }

    private IParseResult parseText(String text) {
        return parse(getDefaultRuleName(), new ANTLRStringStream(text));
    }

    private void repair(Repair repair, SourceScanner scanner) {
        scanner.mistakes().forEach(repair::report);
        scanner.junk().forEach(span -> repair.blank(span[0], span[1]));
        Tokens tokens = rescan(repair);
        for (int round = 0; round < MOST_ROUNDS && new BraceRepair(automaton, repair, tokens).run(); round++)
            tokens = rescan(repair);
        new MistakeFinder(automaton, repair, tokens).run();
    }

    private Tokens rescan(Repair repair) {
        return new SourceScanner(repair.text(), automaton).tokens();
    }

    /** The automaton and the generated parser agree on every text of the tests; should they not, lines are given up. */
    private IParseResult parseRepaired(Repair repair) {
        IParseResult parsed = parseText(repair.text());
        for (int round = 0; hasSyntaxMistake(parsed); round++) {
            INode wrong = firstSyntaxMistake(parsed);
            String text = repair.text();
            int from = round < MOST_ROUNDS ? text.lastIndexOf('\n', Math.max(wrong.getOffset() - 1, 0)) + 1 : 0;
            int to = round < MOST_ROUNDS ? text.indexOf('\n', wrong.getTotalEndOffset()) : text.length();
            to = to < 0 ? text.length() : to;
            if (repair.mistakes().isEmpty())
                repair.report(wrong.getOffset(), Math.max(wrong.getTotalEndOffset(), wrong.getOffset() + 1), "the text cannot be read here");
            if (text.substring(from, to).isBlank()) {
                from = 0;
                to = text.length();
            }
            if (text.isBlank())
                break;
            repair.giveUp(from, to);
            parsed = parseText(repair.text());
        }
        return parsed;
    }

    private static boolean isDeeplyNested(Tokens tokens) {
        int depth = 0;
        for (int t = 0; t < tokens.size(); t++) {
            if (tokens.is(t, '{') || tokens.is(t, '[') || tokens.is(t, '('))
                depth++;
            else if (tokens.is(t, '}') || tokens.is(t, ']') || tokens.is(t, ')'))
                depth--;
            if (depth > BraceRepair.DEEPEST)
                return true;
        }
        return false;
    }

    private static boolean hasSyntaxMistake(IParseResult parsed) {
        return parsed.hasSyntaxErrors() && firstSyntaxMistake(parsed) != null;
    }

    private static INode firstSyntaxMistake(IParseResult parsed) {
        for (INode node : parsed.getSyntaxErrors())
            if (!isValueMistake(node))
                return node;
        return null;
    }

    private static boolean isValueMistake(INode node) {
        return Diagnostic.SYNTAX_DIAGNOSTIC_WITH_RANGE.equals(node.getSyntaxErrorMessage().getIssueCode());
    }

    private IParseResult refused(String text, Mistake refusal) {
        Repair repair = new Repair(text);
        repair.blank(0, text.length());
        IParseResult parsed = parseText(repair.text());
        restore(parsed, text);
        return new PmuParseResult(parsed.getRootASTElement(), parsed.getRootNode(), List.of(refusal), repair.blanked(), List.of());
    }

    private PmuParseResult result(IParseResult parsed, Repair repair, Tokens tokens) {
        List<Mistake> numbers = new ArrayList<>();
        if (parsed.hasSyntaxErrors())
            wrongValues(parsed, repair, numbers);
        namesWithGaps(parsed, repair, tokens);
        boolean packageLost = repair.blanked().stream().anyMatch(region -> region.words().contains("package"));
        if (!packageLost && (tokens.size() == 0 || !beginsWithPackage(tokens)))
            numbers.addAll(missingPackage(repair, tokens));
        List<Mistake> mistakes = new ArrayList<>(repair.mistakes());
        mistakes.addAll(numbers);
        mistakes.sort(Comparator.comparingInt(Mistake::offset));
        restore(parsed, repair.original());
        return new PmuParseResult(parsed.getRootASTElement(), parsed.getRootNode(), mistakes, repair.blanked(), repair.givenUp());
    }

    private static boolean beginsWithPackage(Tokens tokens) {
        int first = tokens.text(0).equals("language") ? 2 : 0;
        return tokens.isWord(first) && tokens.text(first).equals("package");
    }

    private static List<Mistake> missingPackage(Repair repair, Tokens tokens) {
        if (!repair.mistakes().isEmpty() && tokens.size() == 0 || repair.hasMistakeIn(0, tokens.size() == 0 ? 1 : tokens.end(0)))
            return List.of();
        int offset = tokens.size() == 0 ? 0 : tokens.start(0);
        int length = tokens.size() == 0 ? Math.min(1, repair.original().length()) : tokens.end(0) - offset;
        return List.of(new Mistake(offset, length, Mistake.SYNTAX, "the file's package is missing: the first line is 'package' and a name such as 'vpmu.intel'"));
    }

    private static void wrongValues(IParseResult parsed, Repair repair, List<Mistake> numbers) {
        for (INode node : parsed.getSyntaxErrors()) {
            if (!isValueMistake(node) || numbers.size() == MOST_NUMBERS)
                continue;
            ILeafNode leaf = lastVisible(node);
            String text = leaf.getText();
            repair.touch(leaf.getOffset(), leaf.getOffset() + leaf.getLength());
            try {
                if (!text.startsWith("\""))
                    NumberLiteral.read(text);
                numbers.add(new Mistake(leaf.getOffset(), leaf.getLength(), Mistake.SYNTAX, node.getSyntaxErrorMessage().getMessage()));
            } catch (NumberLiteral.FormatProblem problem) {
                numbers.add(new Mistake(leaf.getOffset() + problem.offset(), problem.length(), Mistake.NUMBER, problem.getMessage()));
            }
        }
    }

    private static ILeafNode lastVisible(INode node) {
        ILeafNode last = null;
        for (ILeafNode leaf : node.getLeafNodes())
            if (!leaf.isHidden())
                last = leaf;
        return last;
    }

    /** The generated parser lets white space pass inside a dotted name. */
    private static void namesWithGaps(IParseResult parsed, Repair repair, Tokens tokens) {
        for (int t = 1; t < tokens.size(); t++) {
            if (!tokens.isSign(t) || !tokens.is(t, '.') && !tokens.text(t).equals(".*"))
                continue;
            boolean last = tokens.end(t) - tokens.start(t) == 2 || t + 1 == tokens.size();
            if (tokens.end(t - 1) == tokens.start(t) && (last || tokens.end(t) == tokens.start(t + 1)))
                continue;
            INode name = nameAround(parsed.getRootNode(), tokens.start(t));
            if (name == null || repair.hasMistakeIn(name.getOffset(), name.getOffset() + name.getLength()))
                continue;
            repair.touch(name.getOffset(), name.getOffset() + name.getLength());
            String visible = PmuValueConverters.visibleText(name);
            repair.report(name.getOffset(), name.getOffset() + name.getLength(), "no white space or comment inside a "
                + (Character.isDigit(visible.charAt(0)) ? "number" : "name") + ": write " + Shown.quoted(visible));
        }
    }

    private static INode nameAround(ICompositeNode root, int offset) {
        ILeafNode leaf = NodeModelUtils.findLeafNodeAtOffset(root, offset);
        INode name = null;
        for (INode node = leaf == null || leaf.isHidden() ? null : leaf; node != null; node = node.getParent())
            if (isName(node.getGrammarElement()))
                name = node;
        return name;
    }

    private static boolean isName(EObject grammarElement) {
        return grammarElement instanceof CrossReference reference ? isName(reference.getTerminal())
            : grammarElement instanceof RuleCall call && GrammarUtil.isDatatypeRuleCall(call);
    }

    private static void restore(IParseResult parsed, String original) {
        new NodeModelBuilder().setCompleteContent(parsed.getRootNode(), original);
    }
}
