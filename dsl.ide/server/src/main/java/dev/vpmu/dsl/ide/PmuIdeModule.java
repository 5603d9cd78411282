package dev.vpmu.dsl.ide;

import com.google.inject.Binder;
import com.google.inject.name.Names;
import dev.vpmu.dsl.ide.completion.PmuProposals;
import dev.vpmu.dsl.ide.completion.UnreadRows;
import dev.vpmu.dsl.ide.highlighting.PmuHighlighting;
import dev.vpmu.dsl.ide.highlighting.PmuTokenStyles;
import org.eclipse.xtext.documentation.impl.AbstractMultiLineCommentProvider;
import org.eclipse.xtext.ide.LexerIdeBindings;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalProvider;
import org.eclipse.xtext.ide.editor.contentassist.antlr.ContentAssistContextFactory;
import org.eclipse.xtext.ide.editor.syntaxcoloring.AbstractAntlrTokenToAttributeIdMapper;
import org.eclipse.xtext.ide.editor.syntaxcoloring.ISemanticHighlightingCalculator;
import org.eclipse.xtext.parser.antlr.AntlrTokenDefProvider;
import org.eclipse.xtext.parser.antlr.ITokenDefProvider;

/** What the language is in an editor, as Guice bindings; everything not bound here is Xtext's default. */
public class PmuIdeModule extends AbstractPmuIdeModule {

    public Class<? extends ISemanticHighlightingCalculator> bindISemanticHighlightingCalculator() {
        return PmuHighlighting.class;
    }

    public Class<? extends AbstractAntlrTokenToAttributeIdMapper> bindAbstractAntlrTokenToAttributeIdMapper() {
        return PmuTokenStyles.class;
    }

    public Class<? extends IdeContentProposalProvider> bindIdeContentProposalProvider() {
        return PmuProposals.class;
    }

    public Class<? extends ContentAssistContextFactory> bindContentAssistContextFactory() {
        return UnreadRows.class;
    }

    /** Colouring lexes with the lexer of the language itself. */
    public void configureHighlightingTokens(Binder binder) {
        binder.bind(ITokenDefProvider.class).annotatedWith(Names.named(LexerIdeBindings.HIGHLIGHTING)).to(AntlrTokenDefProvider.class);
    }

    /** Hovers show documentation comments: where the grammar keeps them, and that they begin with two stars. */
    public void configureDocumentationComments(Binder binder) {
        binder.bind(String.class).annotatedWith(Names.named(AbstractMultiLineCommentProvider.RULE)).toInstance("BLOCK_COMMENT");
        binder.bind(String.class).annotatedWith(Names.named(AbstractMultiLineCommentProvider.START_TAG)).toInstance("/\\*\\*");
    }
}
