package dev.vpmu.dsl.format;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.IGrammarAccess;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.IParser;
import org.junit.jupiter.api.Test;

import dev.vpmu.dsl.format.RandomText.Piece;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.PmuFile;

/** What holds for every text, tried on texts that the grammar itself makes up. */
class FormattingPropertyTest {

    private static final int FILES = "full".equals(System.getProperty("vpmu.effort")) ? 20_000 : 500;
    private static final long SEED = Long.getLong("vpmu.seed", 20181101);

    private final IParser parser = Formatters.INJECTOR.getInstance(IParser.class);

    @Test
    void generatedFilesKeepTheirMeaningAndAreFormattedOnce() {
        var grammar = Formatters.INJECTOR.getInstance(IGrammarAccess.class).getGrammar();
        for (long seed = SEED; seed < SEED + FILES; seed++) {
            List<Piece> pieces = RandomText.generate(grammar, seed);
            Optional<String> broken = broken(RandomText.join(pieces));
            if (broken.isPresent()) {
                // what is left of a text that is refused is refused for another reason
                List<Piece> smallest = broken.get().startsWith("refused") ? pieces : shrink(pieces);
                String text = RandomText.join(smallest);
                fail("-Dvpmu.seed=" + seed + ": " + broken(text).orElseThrow() + "\n--- shrunk to\n" + text);
            }
        }
    }

    /** What is wrong with the formatting of a text. */
    private Optional<String> broken(String text) {
        String formatted;
        try {
            formatted = Formatters.FORMATTER.format(text);
        } catch (FormattingRefusedException e) {
            return Optional.of("refused: " + e.getMessage());
        }
        String shown = "\n--- formatted\n" + formatted;
        if (!TokenSequence.of(text).equals(TokenSequence.of(formatted))) {
            return Optional.of("tokens or comments differ\n" + TokenSequence.of(text) + "\n" + TokenSequence.of(formatted) + shown);
        }
        IParseResult after = parser.parse(new StringReader(formatted));
        if (after.hasSyntaxErrors()) {
            return Optional.of("the formatted text has mistakes" + shown);
        }
        if (!EcoreUtil.equals(tree(parser.parse(new StringReader(text))), tree(after))) {
            return Optional.of("the tree differs" + shown);
        }
        String again = Formatters.FORMATTER.format(formatted);
        if (!again.equals(formatted)) {
            return Optional.of("a second time changes it" + shown + "--- again\n" + again);
        }
        if (!Formatters.apply(text, Formatters.FORMATTER.replacements(text)).equals(formatted)) {
            return Optional.of("the edits make another text" + shown);
        }
        if (!Formatters.FORMATTER.replacements(formatted).isEmpty()) {
            return Optional.of("edits for a formatted text" + shown);
        }
        return layoutMistake(formatted).map(mistake -> mistake + shown);
    }

    private static Optional<String> layoutMistake(String formatted) {
        if (formatted.contains("\r") || formatted.contains("\n\n\n") || !formatted.endsWith("\n") || formatted.endsWith("\n\n") || formatted.startsWith("\n")) {
            return Optional.of("line ends, or empty lines");
        }
        return formatted.lines().filter(line -> !line.equals(line.stripTrailing())).findFirst().map(line -> "trailing spaces: " + line);
    }

    private static EObject tree(IParseResult parsed) {
        PmuFile file = (PmuFile) parsed.getRootASTElement();
        for (var element : file.getElements()) {
            if (element instanceof EventTable table) {
                for (Event event : table.getEvents()) {
                    var attributes = new ArrayList<>(event.getAttributes());
                    attributes.sort(Comparator.comparing(attribute -> attribute.eClass().getName()));
                    event.getAttributes().clear();
                    event.getAttributes().addAll(attributes);
                }
            }
        }
        return file;
    }

    /** Leaves out tokens and hidden text as long as the same kind of mistake remains. */
    private List<Piece> shrink(List<Piece> pieces) {
        String kind = kind(pieces);
        List<Piece> smallest = new ArrayList<>(pieces);
        for (int size = pieces.size() / 2; size > 0; size /= 2) {
            for (int at = 0; at + size < smallest.size();) {
                List<Piece> shorter = new ArrayList<>(smallest);
                shorter.subList(at, at + size).clear();
                if (kind.equals(kind(shorter))) {
                    smallest = shorter;
                } else {
                    at++;
                }
            }
        }
        for (int i = 0; i < smallest.size(); i++) {
            for (String simpler : List.of("", " ", "\n")) {
                List<Piece> changed = new ArrayList<>(smallest);
                changed.set(i, new Piece(simpler, smallest.get(i).token()));
                if (simpler.length() < smallest.get(i).hidden().length() && kind.equals(kind(changed))) {
                    smallest = changed;
                }
            }
        }
        return smallest;
    }

    private String kind(List<Piece> pieces) {
        return broken(RandomText.join(pieces)).map(text -> text.lines().findFirst().orElse("").replaceAll(":.*", "")).orElse("");
    }
}
