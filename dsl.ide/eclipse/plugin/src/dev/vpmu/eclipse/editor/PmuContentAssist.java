package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.PmuLanguage;
import dev.vpmu.eclipse.PmuPlugin;
import dev.vpmu.eclipse.project.ProjectModel.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.contentassist.CompletionProposal;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.contentassist.IContentAssistProcessor;
import org.eclipse.jface.text.contentassist.IContextInformation;
import org.eclipse.jface.text.contentassist.IContextInformationValidator;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistEntry;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalAcceptor;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalProvider;
import org.eclipse.xtext.ide.editor.contentassist.antlr.ContentAssistContextFactory;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.TextRegion;

/** Proposes what Xtext's editor services propose; a newer request ends an older one. */
public final class PmuContentAssist implements IContentAssistProcessor {
    private final AtomicInteger latest = new AtomicInteger();

    @Override
    public ICompletionProposal[] computeCompletionProposals(ITextViewer viewer, int offset) {
        int request = latest.incrementAndGet();
        ModelFile source = ModelFile.of(viewer.getDocument());
        if (source == null) {
            return new ICompletionProposal[0];
        }
        String text = viewer.getDocument().get();
        CancelIndicator cancelled = () -> latest.get() != request || Thread.currentThread().isInterrupted();
        try {
            return source.model().read(source.uri(), text, Urgency.INTERACTIVE, cancelled,
                    (resource, stop) -> propose(resource, text, offset, stop));
        } catch (OperationCanceledException e) {
            return new ICompletionProposal[0];
        }
    }

    private static ICompletionProposal[] propose(XtextResource resource, String text, int offset, CancelIndicator cancelled) {
        PmuLanguage language = PmuPlugin.language();
        ContentAssistContextFactory contexts = language.service(ContentAssistContextFactory.class);
        contexts.setPool(language.executor());
        IdeContentProposalAcceptor acceptor = language.service(IdeContentProposalAcceptor.class);
        acceptor.setCancelIndicator(cancelled);
        language.service(IdeContentProposalProvider.class)
                .createProposals(List.of(contexts.create(text, new TextRegion(offset, 0), offset, resource)), acceptor);
        List<ICompletionProposal> proposals = new ArrayList<>();
        for (ContentAssistEntry entry : acceptor.getEntries()) {
            proposals.add(proposal(entry, offset));
        }
        return proposals.toArray(ICompletionProposal[]::new);
    }

    private static ICompletionProposal proposal(ContentAssistEntry entry, int offset) {
        int replaced = entry.getPrefix().length();
        int caret = entry.getEscapePosition() == null ? entry.getProposal().length() : entry.getEscapePosition() - (offset - replaced);
        String label = entry.getLabel() == null ? entry.getProposal() : entry.getLabel();
        String display = entry.getDescription() == null ? label : label + " – " + entry.getDescription();
        return new CompletionProposal(entry.getProposal(), offset - replaced, replaced, caret, null, display, null, entry.getDocumentation());
    }

    @Override
    public IContextInformation[] computeContextInformation(ITextViewer viewer, int offset) {
        return null;
    }

    @Override
    public char[] getCompletionProposalAutoActivationCharacters() {
        return null;
    }

    @Override
    public char[] getContextInformationAutoActivationCharacters() {
        return null;
    }

    @Override
    public String getErrorMessage() {
        return null;
    }

    @Override
    public IContextInformationValidator getContextInformationValidator() {
        return null;
    }
}
