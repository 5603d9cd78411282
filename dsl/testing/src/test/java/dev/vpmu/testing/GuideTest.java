package dev.vpmu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Injector;
import dev.vpmu.dsl.PmuStandaloneSetup;
import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.testing.Guide.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.EnumLiteralDeclaration;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.IGrammarAccess;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.ParserRule;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.LazyStringInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide shows is so: its examples, the messages and values under them; and nothing of the language is missing in it. */
class GuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "language.md");
    private static final Path ARCHITECTURE = Path.of("..", "..", "examples", "cpus", "src", "main", "pmu", "vpmu", "intel", "arch", "architecture.pmu");

    /** The head of a rule's page: its id, its severity and its sentence. */
    private static final Pattern PAGE = Pattern.compile("# (PMU\\d{4}) \\((\\w+)\\)\n\n(.*)\n");

    private static Injector language;

    @BeforeAll
    static void registerTheLanguage() {
        PmuChecker.standalone();
        language = new PmuStandaloneSetup().createInjectorAndDoEMFRegistration();
    }

    static List<Example> examples() throws IOException {
        return Guide.examples(GUIDE);
    }

    static List<Example> examplesWithValues() throws IOException {
        return examples().stream().filter(example -> !example.values().isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleGivesTheMessagesShownUnderItAndNoOthers(Example example) throws IOException {
        CheckResult result = check(example);
        assertEquals(String.join("\n", example.messages()),
                result.findings().stream().map(result::show).collect(Collectors.joining("\n")), example::text);
    }

    @ParameterizedTest
    @MethodSource("examplesWithValues")
    void valuesShownUnderAnExampleAreThoseOfItsModel(Example example) throws IOException {
        List<String> listing = ModelListing.of(check(example).model().orElseThrow());
        for (String line : example.values()) {
            assertTrue(listing.contains(line.strip().replaceAll(" +", " ")), () -> line + "\nis not among\n" + String.join("\n", listing));
        }
    }

    @Test
    void everyWordAndSignOfTheLanguageStandsInAnExample() throws IOException {
        IGrammarAccess grammar = language.getInstance(IGrammarAccess.class);
        Set<String> missing = new TreeSet<>(GrammarUtil.getAllKeywords(grammar.getGrammar()));
        for (XtextResource file : silentFiles()) {
            for (INode node : file.getParseResult().getRootNode().getAsTreeIterable()) {
                if (node.getGrammarElement() instanceof Keyword word && !isName(word)) {
                    missing.remove(word.getValue());
                } else if (node.getGrammarElement() instanceof EnumLiteralDeclaration literal) {
                    missing.remove(literal.getLiteral().getValue());
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    /** Every word is a name, too; as a name it shows nothing. */
    private static boolean isName(Keyword word) {
        return GrammarUtil.containingRule(word) instanceof ParserRule rule && rule.getName().equals("Name");
    }

    @Test
    void everyPartOfTheSyntaxTreeStandsInAnExample() throws IOException {
        Set<EClass> classes = concreteClasses();
        Set<EStructuralFeature> features = classes.stream().flatMap(type -> type.getEAllStructuralFeatures().stream()).collect(Collectors.toSet());
        for (XtextResource file : silentFiles()) {
            file.getAllContents().forEachRemaining(part -> {
                classes.remove(part.eClass());
                features.removeIf(part.eClass().getEAllStructuralFeatures().stream().filter(part::eIsSet).collect(Collectors.toSet())::contains);
            });
        }
        assertEquals(Set.of(), classes.stream().map(EClass::getName).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(Set.of(), features.stream().map(feature -> feature.getEContainingClass().getName() + "." + feature.getName())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The classes that no other class extends: those of which the parser makes objects. */
    private static Set<EClass> concreteClasses() {
        List<EClass> all = PmuPackage.eINSTANCE.getEClassifiers().stream().filter(EClass.class::isInstance).map(EClass.class::cast).toList();
        return all.stream().filter(type -> all.stream().noneMatch(other -> other.getESuperTypes().contains(type))).collect(Collectors.toSet());
    }

    @Test
    void theListOfRulesSaysOfEveryRuleWhatItsPageSays() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> pages = Files.list(GUIDE.resolveSibling("rules"))) {
            for (Path page : pages.sorted().toList()) {
                Matcher head = PAGE.matcher(Files.readString(page.resolve("README.md")));
                assertTrue(head.lookingAt(), page::toString);
                rows.add("| [" + head.group(1) + "](rules/" + head.group(1) + "/README.md) | " + head.group(2) + " | " + head.group(3) + " |");
            }
        }
        assertEquals(String.join("\n", rows), Files.readAllLines(GUIDE).stream().filter(line -> line.startsWith("| [PMU")).collect(Collectors.joining("\n")));
    }

    @Test
    void everyLinkLeadsToAFileOrAHeading() throws IOException {
        String text = Files.readString(GUIDE);
        Set<String> headings = text.lines().filter(line -> line.startsWith("#")).map(GuideTest::anchor).collect(Collectors.toSet());
        List<String> broken = new ArrayList<>();
        Matcher link = Pattern.compile("\\]\\(([^)]+)\\)").matcher(text);
        while (link.find()) {
            String target = link.group(1);
            if (!(target.startsWith("#") ? headings.contains(target) : Files.exists(GUIDE.resolveSibling(target)))) {
                broken.add(target);
            }
        }
        assertEquals(List.of(), broken);
    }

    private static String anchor(String heading) {
        return "#" + heading.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    private static CheckResult check(Example example) throws IOException {
        List<Source> library = new ArrayList<>();
        library.add(Source.read(ARCHITECTURE));
        examples().stream().filter(other -> other.isShared() && !other.equals(example)).map(GuideTest::source).forEach(library::add);
        return PmuChecker.standalone().check(List.of(source(example)), library);
    }

    private static Source source(Example example) {
        return new Source(example.file(), example.text());
    }

    private static List<XtextResource> silentFiles() throws IOException {
        List<XtextResource> files = new ArrayList<>();
        for (Example example : examples()) {
            if (example.messages().isEmpty()) {
                XtextResourceSet set = language.getInstance(XtextResourceSet.class);
                XtextResource file = (XtextResource) set.createResource(URI.createURI("example.pmu"));
                file.load(new LazyStringInputStream(example.text(), "UTF-8"), set.getLoadOptions());
                files.add(file);
            }
        }
        return files;
    }
}
