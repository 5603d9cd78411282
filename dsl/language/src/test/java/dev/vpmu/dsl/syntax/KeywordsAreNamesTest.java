package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.AbstractRule;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.Grammar;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.IGrammarAccess;
import org.eclipse.xtext.Keyword;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No word is stolen: whatever the language calls something, a vendor may have called a field or an event the same. */
class KeywordsAreNamesTest {

    private static final Grammar GRAMMAR = Source.INJECTOR.getInstance(IGrammarAccess.class).getGrammar();
    private static final String EVERYWHERE = Source.resource("names.pmu");
    private static final String EXPECTED = shape(Source.of(EVERYWHERE).file(), "foo");

    static Stream<String> wordsOfTheLanguage() {
        return new TreeSet<>(GrammarUtil.getAllKeywords(GRAMMAR)).stream().filter(word -> word.matches("[A-Za-z_]\\w*"));
    }

    @Test
    void theRuleNameListsExactlyTheWordsOfTheLanguage() {
        AbstractRule name = GrammarUtil.findRuleForName(GRAMMAR, "Name");
        Set<String> listed = EcoreUtil2.getAllContentsOfType(name, Keyword.class).stream().map(Keyword::getValue).collect(Collectors.toCollection(TreeSet::new));
        Set<String> used = GRAMMAR.getRules().stream().filter(rule -> rule != name)
            .flatMap(rule -> EcoreUtil2.getAllContentsOfType(rule, Keyword.class).stream()).filter(keyword -> !isInTerminal(keyword))
            .map(Keyword::getValue).filter(word -> word.matches("[A-Za-z_]\\w*")).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(used, listed);
    }

    private static boolean isInTerminal(Keyword keyword) {
        return GrammarUtil.containingRule(keyword) instanceof org.eclipse.xtext.TerminalRule;
    }

    @Test
    void theFileOfNamesIsClean() {
        assertEquals(List.of(), Source.of(EVERYWHERE).messages());
    }

    @Test
    void theFileOfNamesUsesEveryRuleOfTheGrammar() {
        Set<String> built = new TreeSet<>();
        Source.of(EVERYWHERE).file().eAllContents().forEachRemaining(object -> built.add(object.eClass().getName()));
        built.add("PmuFile");
        Set<String> concrete = GRAMMAR.getRules().get(0).getType().getMetamodel().getEPackage().getEClassifiers().stream()
            .filter(type -> type instanceof org.eclipse.emf.ecore.EClass c && GRAMMAR.getRules().stream().anyMatch(rule -> builds(rule, c)))
            .map(type -> type.getName()).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(concrete, built);
    }

    /** Whether the rule makes an object of the type: it has an action for it or, without actions, says more than which other rules there are. */
    private static boolean builds(AbstractRule rule, org.eclipse.emf.ecore.EClass type) {
        if (!(rule instanceof org.eclipse.xtext.ParserRule parser) || parser.isFragment())
            return false;
        List<org.eclipse.xtext.Action> actions = EcoreUtil2.getAllContentsOfType(rule, org.eclipse.xtext.Action.class);
        if (!actions.isEmpty())
            return actions.stream().anyMatch(action -> action.getType().getClassifier() == type);
        return rule.getType().getClassifier() == type && EcoreUtil2.getAllContentsOfType(rule, org.eclipse.xtext.RuleCall.class).stream()
            .noneMatch(call -> GrammarUtil.isUnassignedEObjectRuleCall(call) && !((org.eclipse.xtext.ParserRule)call.getRule()).isFragment());
    }

    @ParameterizedTest
    @MethodSource("wordsOfTheLanguage")
    void aWordOfTheLanguageIsANameEverywhere(String word) {
        Source source = Source.of(EVERYWHERE.replaceAll("\\bfoo\\b", word));
        assertEquals(List.of(), source.messages());
        assertEquals(EXPECTED, shape(source.file(), word));
    }

    /** The tree with its attributes, names taken as {@code foo}; references only as being there. */
    private static String shape(EObject root, String word) {
        StringBuilder shape = new StringBuilder();
        append(shape, root, word);
        return shape.toString();
    }

    private static void append(StringBuilder shape, EObject object, String word) {
        shape.append(object.eClass().getName()).append('(');
        for (EStructuralFeature feature : object.eClass().getEAllStructuralFeatures()) {
            if (!object.eIsSet(feature))
                continue;
            shape.append(feature.getName()).append('=');
            Object value = object.eGet(feature, false);
            if (feature instanceof EReference reference && reference.isContainment())
                (value instanceof List<?> list ? list : List.of(value)).forEach(child -> append(shape, (EObject) child, word));
            else if (feature instanceof EAttribute) {
                boolean isName = Set.of("name", "importedNamespace", "vendor").contains(feature.getName());
                shape.append(isName ? value.toString().replaceAll("\\b" + word + "\\b", "foo") : value);
            } else
                shape.append(value instanceof List<?> list ? list.size() : 1);
            shape.append(';');
        }
        shape.append(")\n");
    }
}
