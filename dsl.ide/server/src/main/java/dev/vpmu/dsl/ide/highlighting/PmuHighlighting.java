package dev.vpmu.dsl.ide.highlighting;

import com.google.inject.Inject;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.name.Named;
import dev.vpmu.dsl.services.PmuGrammarAccess;
import java.util.Set;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.CommonToken;
import org.antlr.runtime.Token;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.Assignment;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.ide.editor.syntaxcoloring.AbstractAntlrTokenToAttributeIdMapper;
import org.eclipse.xtext.ide.editor.syntaxcoloring.IHighlightedPositionAcceptor;
import org.eclipse.xtext.ide.editor.syntaxcoloring.ISemanticHighlightingCalculator;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.antlr.Lexer;
import org.eclipse.xtext.parser.antlr.LexerBindings;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.service.OperationCanceledManager;
import org.eclipse.xtext.util.CancelIndicator;

/**
 * Decides for every token of a parsed file what it is. The one place for all editors: each word of the language can also be a name, so that
 * the token alone does not tell, only the grammar rule that took it does.
 */
@Singleton
public class PmuHighlighting implements ISemanticHighlightingCalculator {
    private final OperationCanceledManager cancellation;
    private final Set<AbstractRule> names;
    private final Set<AbstractRule> roles;
    private final Set<AbstractRule> comments;
    private final AbstractRule identifier;
    private final AbstractRule number;
    private final AbstractRule string;
    private final AbstractRule blockComment;
    private final AbstractRule whiteSpace;
    private final AbstractAntlrTokenToAttributeIdMapper tokenStyles;
    private final Provider<Lexer> lexers;
    private final Set<String> keywords;

    @Inject
    public PmuHighlighting(PmuGrammarAccess grammar, OperationCanceledManager cancellation, AbstractAntlrTokenToAttributeIdMapper tokenStyles,
            @Named(LexerBindings.RUNTIME) Provider<Lexer> lexers) {
        this.cancellation = cancellation;
        this.tokenStyles = tokenStyles;
        this.lexers = lexers;
        whiteSpace = grammar.getWSRule();
        names = Set.of(grammar.getNameRule(), grammar.getQualifiedNameRule(), grammar.getImportedNameRule(), grammar.getEventNameRule());
        roles = Set.of(grammar.getFieldRoleRule(), grammar.getPlainRegisterRoleRule(), grammar.getLayoutRegisterRoleRule(),
                grammar.getTargetRoleRule(), grammar.getEventRoleRule());
        comments = Set.of(grammar.getBLOCK_COMMENTRule(), grammar.getLINE_COMMENTRule());
        identifier = grammar.getIDRule();
        number = grammar.getNUMBERRule();
        string = grammar.getSTRINGRule();
        blockComment = grammar.getBLOCK_COMMENTRule();
        keywords = Set.copyOf(GrammarUtil.getAllKeywords(grammar.getGrammar()));
    }

    @Override
    public void provideHighlightingFor(XtextResource resource, IHighlightedPositionAcceptor acceptor, CancelIndicator cancelIndicator) {
        IParseResult parsed = resource == null ? null : resource.getParseResult();
        if (parsed == null) {
            return;
        }
        for (ILeafNode leaf : parsed.getRootNode().getLeafNodes()) {
            cancellation.checkCanceled(cancelIndicator);
            if (leaf.getGrammarElement() == whiteSpace) {
                if (!leaf.getText().isBlank()) {
                    highlightLeftOut(leaf, acceptor);
                }
                continue;
            }
            String style = styleOf(leaf);
            if (!style.equals(PmuStyles.PLAIN)) {
                acceptor.addPosition(leaf.getOffset(), leaf.getLength(), style);
            }
        }
    }

    /** Text that was left out because of a mistake in it counts as white space for the parser; the lexer's guess has to do. */
    private void highlightLeftOut(ILeafNode leaf, IHighlightedPositionAcceptor acceptor) {
        Lexer lexer = lexers.get();
        lexer.setCharStream(new ANTLRStringStream(leaf.getText()));
        for (Token next = lexer.nextToken(); next.getType() != Token.EOF; next = lexer.nextToken()) {
            CommonToken token = (CommonToken) next;
            String style = tokenStyles.getId(token.getType());
            if (!style.equals(PmuStyles.PLAIN)) {
                acceptor.addPosition(leaf.getOffset() + token.getStartIndex(), token.getStopIndex() - token.getStartIndex() + 1, style);
            }
        }
    }

    /** What the leaf is, as one of {@link PmuStyles}. */
    String styleOf(ILeafNode leaf) {
        EObject element = leaf.getGrammarElement();
        if (element == null) {
            // the parser skipped the token after a mistake
            return keywords.contains(leaf.getText()) ? wordStyle(leaf.getText()) : PmuStyles.PLAIN;
        }
        AbstractRule token = element instanceof RuleCall call ? call.getRule()
                : element instanceof AbstractRule rule ? rule : null;
        if (token != null && comments.contains(token)) {
            return token == blockComment && leaf.getText().startsWith("/**") && leaf.getLength() > "/**/".length()
                    ? PmuStyles.DOCUMENTATION : PmuStyles.COMMENT;
        }
        AbstractRule rule = GrammarUtil.containingRule(element);
        if (names.contains(rule) || token == identifier) {
            return nameStyle(leaf);
        }
        if (token == number) {
            return PmuStyles.NUMBER;
        }
        if (token == string) {
            return PmuStyles.STRING;
        }
        if (roles.contains(rule)) {
            return PmuStyles.ROLE;
        }
        if (element instanceof Keyword || element instanceof EnumLiteralDeclaration) {
            return wordStyle(leaf.getText());
        }
        return PmuStyles.PLAIN;
    }

    private static String wordStyle(String text) {
        return Character.isLetter(text.charAt(0)) ? PmuStyles.KEYWORD : PmuStyles.PLAIN;
    }

    /** A name is given where it goes into a feature called {@code name}; everywhere else it refers to something. */
    private static String nameStyle(INode leaf) {
        for (INode node = leaf; node != null; node = node.getParent()) {
            EObject element = node.getGrammarElement();
            if (element instanceof CrossReference) {
                return PmuStyles.REFERENCE;
            }
            Assignment assignment = element == null ? null : GrammarUtil.containingAssignment(element);
            if (assignment != null) {
                return assignment.getFeature().equals("name") ? PmuStyles.DEFINITION : PmuStyles.REFERENCE;
            }
        }
        return PmuStyles.REFERENCE;
    }
}
