package dev.vpmu.dsl.format;

import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.xtext.formatting2.FormatterRequest;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.formatting2.regionaccess.ITextRegionAccess;
import org.eclipse.xtext.formatting2.regionaccess.ITextReplacement;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.IParser;
import org.eclipse.xtext.util.ITextRegion;

import com.google.inject.Inject;

/**
 * Lays a {@code .pmu} file out in its one way: columns aligned in runs of rows, four spaces, at most one empty line. Tokens and comments
 * keep their order, but for the attributes of an event, and their spelling, but for hexadecimal numbers. Formatting twice changes
 * nothing. References need not resolve.
 */
public final class PmuFormatter implements IFormatter2 {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final IParser parser;

    /** @param parser the language's parser */
    @Inject
    public PmuFormatter(IParser parser) {
        this.parser = parser;
    }

    /**
     * The text as it is to be, with {@code \n} at the end of each line.
     *
     * @throws FormattingRefusedException if the text has a mistake of syntax
     */
    public String format(String text) {
        return print(withoutMark(text)).text();
    }

    /**
     * The edits that format a text, in ascending order and without overlap; none if it is formatted.
     *
     * @throws FormattingRefusedException if the text has a mistake of syntax
     */
    public List<TextReplacement> replacements(String text) {
        String unmarked = withoutMark(text);
        Printer printer = print(unmarked);
        List<TextReplacement> edits = MinimalEdits.of(unmarked, printer.text(), printer.anchors());
        if (unmarked.length() == text.length()) {
            return edits;
        }
        return Stream.concat(Stream.of(new TextReplacement(0, 1, "")),
            edits.stream().map(edit -> new TextReplacement(edit.offset() + 1, edit.length(), edit.text()))).toList();
    }

    /** The edits of an editor's request; none if the text has a mistake of syntax. */
    @Override
    public List<ITextReplacement> format(FormatterRequest request) {
        ITextRegionAccess access = request.getTextRegionAccess();
        List<TextReplacement> edits;
        try {
            edits = replacements(access.regionForDocument().getText());
        } catch (FormattingRefusedException e) {
            return List.of();
        }
        return edits.stream()
            .filter(edit -> request.getRegions().isEmpty() || request.getRegions().stream().anyMatch(region -> touches(region, edit)))
            .map(edit -> access.getRewriter().createReplacement(edit.offset(), edit.length(), edit.text()))
            .toList();
    }

    private static boolean touches(ITextRegion region, TextReplacement edit) {
        return edit.offset() <= region.getOffset() + region.getLength() && edit.end() >= region.getOffset();
    }

    private Printer print(String text) {
        IParseResult parsed = parser.parse(new StringReader(text));
        if (parsed.hasSyntaxErrors()) {
            throw new FormattingRefusedException(parsed);
        }
        List<Token> tokens = TokenReader.read(parsed.getRootNode());
        return Printer.print(Row.of(tokens), tokens.get(tokens.size() - 1));
    }

    private static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
