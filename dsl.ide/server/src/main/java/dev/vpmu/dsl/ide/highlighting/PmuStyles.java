package dev.vpmu.dsl.ide.highlighting;

import java.util.List;
import org.eclipse.xtext.ide.editor.syntaxcoloring.HighlightingStyles;

/** Ids of what a piece of a {@code .pmu} file can be; every editor maps these, and only these, to its own colours. */
public final class PmuStyles {
    /** A word of the language that stands for itself. */
    public static final String KEYWORD = HighlightingStyles.KEYWORD_ID;
    /** The words of a role, as {@code interrupt enable} after {@code is}. */
    public static final String ROLE = "role";
    public static final String NUMBER = HighlightingStyles.NUMBER_ID;
    public static final String STRING = HighlightingStyles.STRING_ID;
    public static final String COMMENT = HighlightingStyles.COMMENT_ID;
    /** A comment that begins with two stars and belongs to the element after it. */
    public static final String DOCUMENTATION = "documentation";
    /** A name, at the place where it is given. */
    public static final String DEFINITION = HighlightingStyles.DEFINITION_ID;
    /** A name, where it is used. */
    public static final String REFERENCE = "reference";
    /** Everything else: punctuation, white space, and what is no token. */
    public static final String PLAIN = HighlightingStyles.DEFAULT_ID;

    /** Those that an editor needs a colour for, in a fixed order. */
    public static final List<String> COLOURED =
            List.of(KEYWORD, ROLE, NUMBER, STRING, COMMENT, DOCUMENTATION, DEFINITION, REFERENCE);

    private PmuStyles() {
    }
}
