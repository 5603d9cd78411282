package dev.vpmu.dsl.syntax;

import java.util.List;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.parser.ParseResult;

/** An AST together with the mistakes of its text and the regions that the AST leaves out because of them. */
public final class PmuParseResult extends ParseResult {

    private final List<Mistake> mistakes;
    private final List<BlankedRegion> blanked;
    private final List<String> givenUp;

    PmuParseResult(EObject root, ICompositeNode node, List<Mistake> mistakes, List<BlankedRegion> blanked, List<String> givenUp) {
        super(root, node, !mistakes.isEmpty());
        this.mistakes = List.copyOf(mistakes);
        this.blanked = List.copyOf(blanked);
        this.givenUp = List.copyOf(givenUp);
    }

    /** The mistakes in the order of the text. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** Text that the AST does not contain, in the order of the text. */
    public List<BlankedRegion> blanked() {
        return blanked;
    }

    /** Text that was left out although nothing wrong was found in it; empty unless the two readings of the grammar disagree. */
    List<String> givenUp() {
        return givenUp;
    }

    /** Whether the file states a language version that this tool does not understand; the AST is empty then. */
    public boolean languageRefused() {
        return mistakes.stream().anyMatch(mistake -> mistake.code().equals(Mistake.LANGUAGE));
    }
}
