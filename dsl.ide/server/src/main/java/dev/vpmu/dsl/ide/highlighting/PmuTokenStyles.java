package dev.vpmu.dsl.ide.highlighting;

import org.eclipse.xtext.ide.editor.syntaxcoloring.AbstractAntlrTokenToAttributeIdMapper;

/**
 * What a token is as far as the lexer can say. It is right for everything but words: whether a word is a keyword, part of a role or a name is
 * known only once the file is parsed, see {@link PmuHighlighting}.
 */
public class PmuTokenStyles extends AbstractAntlrTokenToAttributeIdMapper {
    @Override
    protected String calculateId(String tokenName, int tokenType) {
        return switch (tokenName) {
            case "RULE_NUMBER" -> PmuStyles.NUMBER;
            case "RULE_STRING" -> PmuStyles.STRING;
            case "RULE_BLOCK_COMMENT", "RULE_LINE_COMMENT" -> PmuStyles.COMMENT;
            default -> isWord(tokenName) ? PmuStyles.KEYWORD : PmuStyles.PLAIN;
        };
    }

    /** The generator puts keywords in quotes, and terminal rules not. */
    private static boolean isWord(String tokenName) {
        return tokenName.length() > 2 && tokenName.charAt(0) == '\'' && Character.isLetter(tokenName.charAt(1));
    }
}
