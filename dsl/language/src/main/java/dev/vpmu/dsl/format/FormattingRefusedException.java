package dev.vpmu.dsl.format;

import java.util.List;

import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.parser.IParseResult;

import dev.vpmu.dsl.syntax.Mistake;
import dev.vpmu.dsl.syntax.PmuParseResult;

/** A text with mistakes of syntax is never laid out anew: its rows are not known. The text is as it was. */
public final class FormattingRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;

    FormattingRefusedException(IParseResult parsed) {
        this(lineOf(parsed), messageOf(parsed));
    }

    private FormattingRefusedException(int line, String mistake) {
        super("not formatted, because of a mistake in line " + line + ": " + mistake);
        this.line = line;
    }

    /** The line of the first mistake, counted from 1. */
    public int line() {
        return line;
    }

    private static int lineOf(IParseResult parsed) {
        List<Mistake> mistakes = mistakes(parsed);
        return mistakes.isEmpty() ? node(parsed).getStartLine()
            : NodeModelUtils.getLineAndColumn(parsed.getRootNode(), mistakes.get(0).offset()).getLine();
    }

    private static String messageOf(IParseResult parsed) {
        List<Mistake> mistakes = mistakes(parsed);
        return mistakes.isEmpty() ? node(parsed).getSyntaxErrorMessage().getMessage() : mistakes.get(0).message();
    }

    private static List<Mistake> mistakes(IParseResult parsed) {
        return parsed instanceof PmuParseResult result ? result.mistakes() : List.of();
    }

    private static INode node(IParseResult parsed) {
        return parsed.getSyntaxErrors().iterator().next();
    }
}
