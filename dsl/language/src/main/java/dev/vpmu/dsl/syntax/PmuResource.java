package dev.vpmu.dsl.syntax;

import java.util.List;

import org.eclipse.xtext.diagnostics.AbstractDiagnostic;
import org.eclipse.xtext.linking.lazy.LazyLinkingResource;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/** A {@code .pmu} file: its AST, the mistakes of its text, and what the AST leaves out because of them. */
public class PmuResource extends LazyLinkingResource {

    /** Text that the AST does not contain because of a mistake in it; later stages stay silent about names that are declared there. */
    public List<BlankedRegion> blanked() {
        return getParseResult() instanceof PmuParseResult result ? result.blanked() : List.of();
    }

    /** The mistakes of the text, in its order. */
    public List<Mistake> mistakes() {
        return getParseResult() instanceof PmuParseResult result ? result.mistakes() : List.of();
    }

    /** Whether the file states a language version that this tool does not understand. Nothing else is said about it then. */
    public boolean languageRefused() {
        return getParseResult() instanceof PmuParseResult result && result.languageRefused();
    }

    @Override
    protected void addSyntaxErrors() {
        if (!(getParseResult() instanceof PmuParseResult)) {
            super.addSyntaxErrors();
            return;
        }
        for (Mistake mistake : mistakes())
            getErrors().add(new MistakeDiagnostic(mistake, getParseResult().getRootNode()));
    }

    /** A mistake as Xtext and EMF know it. */
    static final class MistakeDiagnostic extends AbstractDiagnostic {
        private final Mistake mistake;
        private final INode root;

        MistakeDiagnostic(Mistake mistake, INode root) {
            this.mistake = mistake;
            this.root = root;
        }

        @Override
        protected INode getNode() {
            return root;
        }

        @Override
        public String getCode() {
            return mistake.code();
        }

        @Override
        public String[] getData() {
            return new String[0];
        }

        @Override
        public String getMessage() {
            return mistake.message();
        }

        @Override
        public int getOffset() {
            return mistake.offset();
        }

        @Override
        public int getLength() {
            return mistake.length();
        }

        @Override
        public int getLine() {
            return NodeModelUtils.getLineAndColumn(root, mistake.offset()).getLine();
        }

        @Override
        public int getColumn() {
            return NodeModelUtils.getLineAndColumn(root, mistake.offset()).getColumn();
        }

        @Override
        public int getLineEnd() {
            return NodeModelUtils.getLineAndColumn(root, mistake.offset() + mistake.length()).getLine();
        }

        @Override
        public int getColumnEnd() {
            return NodeModelUtils.getLineAndColumn(root, mistake.offset() + mistake.length()).getColumn();
        }
    }
}
