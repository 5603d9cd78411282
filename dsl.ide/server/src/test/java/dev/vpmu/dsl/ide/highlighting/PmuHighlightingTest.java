package dev.vpmu.dsl.ide.highlighting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Injector;
import dev.vpmu.dsl.ide.PmuIdeSetup;
import dev.vpmu.dsl.services.PmuGrammarAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.ide.editor.syntaxcoloring.ISemanticHighlightingCalculator;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.junit.jupiter.api.Test;

class PmuHighlightingTest {
    private static final Injector LANGUAGE = new PmuIdeSetup().createInjectorAndDoEMFRegistration();

    private record Piece(String text, String style) {
    }

    @Test
    void theSameWordIsAKeywordOrANameByItsPlace() throws Exception {
        assertEquals(List.of(
                new Piece("package", "keyword"), new Piece("demo", "definition"),
                new Piece("bank", "keyword"), new Piece("bank", "definition"), new Piece("index", "keyword"), new Piece("0", "number"),
                new Piece("bank", "keyword"), new Piece("index", "definition")),
                styles("package demo bank bank index 0 bank index"));
    }

    @Test
    void everyWordOfTheLanguageIsANameWhereItIsGivenAsOne() throws Exception {
        for (String word : new TreeSet<>(GrammarUtil.getAllKeywords(LANGUAGE.getInstance(PmuGrammarAccess.class).getGrammar()))) {
            if (word.matches("[A-Za-z]\\w*")) {
                assertTrue(styles("package demo bank " + word).contains(new Piece(word, "definition")), word);
            }
        }
    }

    @Test
    void aRoleIsOneWholeWhateverItsWordsAreElsewhere() throws Exception {
        List<Piece> styles = styles("package demo layout Select { enable [0] is interrupt enable }");

        assertTrue(styles.containsAll(List.of(new Piece("enable", "definition"), new Piece("is", "keyword"),
                new Piece("interrupt", "role"), new Piece("enable", "role"))), styles::toString);
    }

    @Test
    void whatACounterCountsIsARole() throws Exception {
        List<Piece> styles = styles("package demo bank bus pmu P { counter bus[0] counts bus cycles }");

        assertEquals(List.of(new Piece("counter", "keyword"), new Piece("bus", "reference"), new Piece("0", "number"),
                new Piece("counts", "keyword"), new Piece("bus", "role"), new Piece("cycles", "role")), styles.subList(6, styles.size()));
    }

    @Test
    void theRegistersOfAPolicyAreRolesOrReferences() throws Exception {
        List<Piece> styles = styles("package demo policy P for Q { hide clear, branch records, msr clear allows PMU0901 because \"x\" }");

        assertEquals(List.of(new Piece("hide", "keyword"), new Piece("clear", "role"), new Piece("branch", "role"), new Piece("records", "role"),
                new Piece("msr", "keyword"), new Piece("clear", "reference"), new Piece("allows", "keyword"), new Piece("PMU0901", "reference"),
                new Piece("because", "keyword"), new Piece("\"x\"", "string")), styles.subList(6, styles.size()));
    }

    @Test
    void aReferenceIsNoDefinition() throws Exception {
        List<Piece> styles = styles("package demo bank gp pmu P { counters gp [0..3] }");

        assertTrue(styles.containsAll(List.of(new Piece("gp", "definition"), new Piece("gp", "reference"))), styles::toString);
    }

    @Test
    void documentationIsNoOrdinaryComment() throws Exception {
        List<Piece> styles = styles("package demo /** doc */ bank a /* no */ bank b /**/ bank c // line\n");

        assertTrue(styles.containsAll(List.of(new Piece("/** doc */", "documentation"), new Piece("/* no */", "comment"),
                new Piece("/**/", "comment"), new Piece("// line\n", "comment"))), styles::toString);
    }

    @Test
    void aQuotedEventNameIsANameAndASourceIsAString() throws Exception {
        List<Piece> styles = styles("package demo events E for P { \"A:b=C\" = 0xB7:0x01 from \"SDM\" }");

        assertTrue(styles.containsAll(List.of(new Piece("\"A:b=C\"", "definition"), new Piece("\"SDM\"", "string"))), styles::toString);
    }

    @Test
    void textWithAMistakeKeepsItsColours() throws Exception {
        List<Piece> styles = styles("package demo bank 5 index 7 from \"SDM\"\nbank gp");

        assertTrue(styles.containsAll(List.of(new Piece("index", "keyword"), new Piece("7", "number"), new Piece("\"SDM\"", "string"),
                new Piece("gp", "definition"))), styles::toString);
    }

    private static List<Piece> styles(String text) throws Exception {
        XtextResource resource = (XtextResource) LANGUAGE.getInstance(XtextResourceSet.class).createResource(URI.createURI("memory:/test.pmu"));
        resource.reparse(text);
        List<Piece> pieces = new ArrayList<>();
        LANGUAGE.getInstance(ISemanticHighlightingCalculator.class).provideHighlightingFor(resource,
                (offset, length, styles) -> pieces.add(new Piece(text.substring(offset, offset + length), styles[0])), CancelIndicator.NullImpl);
        return pieces;
    }
}
