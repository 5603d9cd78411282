package dev.vpmu.dsl.ide.completion;

import dev.vpmu.dsl.syntax.BlankedRegion;
import dev.vpmu.dsl.syntax.PmuResource;
import java.util.Optional;
import org.eclipse.xtext.ide.editor.contentassist.antlr.ContentAssistContextFactory;
import org.eclipse.xtext.nodemodel.INode;

/**
 * Completion inside a row that is not finished. Such a row has a mistake, and the parser leaves it out of the tree as if it
 * were white space; what can follow is nevertheless asked of the text up to the cursor.
 */
public class UnreadRows extends ContentAssistContextFactory {

    @Override
    protected String getInputToParse(String text, int offset) {
        return unread().map(region -> text.substring(0, startOfWord(text))).orElseGet(() -> super.getInputToParse(text, offset));
    }

    @Override
    public String getPrefix(INode node) {
        String text = node.getRootNode().getText();
        return unread().map(region -> text.substring(startOfWord(text), completionOffset)).orElseGet(() -> super.getPrefix(node));
    }

    /** The unread text that the cursor stands in, or right behind. */
    private Optional<BlankedRegion> unread() {
        if (!(resource instanceof PmuResource file)) {
            return Optional.empty();
        }
        return file.blanked().stream().filter(region -> region.offset() < completionOffset && completionOffset <= region.offset() + region.length() + 1)
                .findFirst();
    }

    private int startOfWord(String text) {
        int start = Math.min(completionOffset, text.length());
        while (start > 0 && (Character.isLetterOrDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '_')) {
            start--;
        }
        return start;
    }
}
