package dev.vpmu.eclipse.editor;

import dev.vpmu.dsl.ide.highlighting.PmuStyles;
import dev.vpmu.eclipse.PmuLanguage;
import dev.vpmu.eclipse.PmuPlugin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.xtext.ide.editor.syntaxcoloring.AbstractAntlrTokenToAttributeIdMapper;
import org.eclipse.xtext.ide.editor.syntaxcoloring.ISemanticHighlightingCalculator;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.util.CancelIndicator;

/** Compares what the parser says about a text with what the lexer says. */
final class WordStyling {
    /** The tokens that the lexer has wrong, in the order of the text. */
    static List<StyledPiece> corrections(XtextResource parsed, String text, CancelIndicator cancelled) {
        PmuLanguage language = PmuPlugin.language();
        Map<Integer, String> byParser = new HashMap<>();
        language.service(ISemanticHighlightingCalculator.class).provideHighlightingFor(parsed,
                (offset, length, styles) -> byParser.put(offset, styles[0]), cancelled);
        var byLexer = language.service(AbstractAntlrTokenToAttributeIdMapper.class);
        Tokens tokens = new Tokens(language);
        tokens.reset(text);
        List<StyledPiece> corrections = new ArrayList<>();
        for (Tokens.Piece token : tokens.all()) {
            String style = byParser.getOrDefault(token.offset(), PmuStyles.PLAIN);
            if (!style.equals(byLexer.getId(token.type()))) {
                corrections.add(new StyledPiece(token.offset(), token.length(), style));
            }
        }
        return corrections;
    }

    private WordStyling() {
    }
}
