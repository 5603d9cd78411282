package dev.vpmu.dsl.ide.completion;

import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistContext;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalProvider;

/** What completion offers. Every word of the language can be a name, but nobody wants it offered as one. */
public class PmuProposals extends IdeContentProposalProvider {

    private static final String NAME = "Name";

    @Override
    protected boolean filterKeyword(Keyword keyword, ContentAssistContext context) {
        ParserRule rule = GrammarUtil.containingParserRule(keyword);
        return (rule == null || !NAME.equals(rule.getName())) && super.filterKeyword(keyword, context);
    }
}
