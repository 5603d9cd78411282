package dev.vpmu.cpus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.vpmu.dsl.PmuStandaloneSetup;
import dev.vpmu.dsl.ide.PmuIdeSetup;
import dev.vpmu.generator.PmuCompiler;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.testing.ExpectedFindings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom. Stands here because this module comes after all others. */
class ArchitectureTest {

    private static final List<Class<?>> BUNDLES = List.of(PmuStandaloneSetup.class, PmuCompiler.class, PmuIdeSetup.class);
    private static final List<Class<?>> MODULES = List.of(PmuStandaloneSetup.class, PmuCompiler.class, PmuIdeSetup.class, Cpu.class, ExpectedFindings.class);

    private static JavaClasses all;

    @BeforeAll
    static void importClasses() {
        all = new ClassFileImporter().importPackages("dev.vpmu");
        assertTrue(all.size() > 300, "only " + all.size() + " classes were found");
    }

    private static void holds(ArchRule rule) {
        rule.check(all);
    }

    @Test
    void theRuntimeDependsOnJavaAlone() {
        holds(classes().that().resideInAPackage("dev.vpmu.runtime..").should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.vpmu.runtime.."));
    }

    @Test
    void theRuntimesPomNamesNoDependencyButForTests() throws IOException {
        String pom = Files.readString(Path.of("..", "..", "runtime", "core", "pom.xml"));
        List<String> dependencies = Stream.of(pom.split("(?=<dependency>)")).skip(1).map(part -> part.substring(0, part.indexOf("</dependency>"))).toList();
        assertFalse(dependencies.isEmpty());
        assertEquals(List.of(), dependencies.stream().filter(dependency -> !dependency.contains("<scope>test</scope>")).toList());
    }

    @Test
    void theLanguageKnowsNeitherGeneratorNorRuntime() {
        holds(noClasses().that().resideInAPackage("dev.vpmu.dsl..").and().resideOutsideOfPackage("dev.vpmu.dsl.ide..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.vpmu.generator..", "dev.vpmu.runtime..", "dev.vpmu.dsl.ide.."));
    }

    @Test
    void theModelIsFreeOfTheSyntaxTree() {
        holds(classes().that().resideInAPackage("dev.vpmu.dsl.model..").should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.vpmu.dsl.model.."));
    }

    @Test
    void emittersSeeTheModelAndNeverTheSyntaxTree() {
        holds(noClasses().that().resideInAPackage("dev.vpmu.generator.emit..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.vpmu.dsl.pmu..", "dev.vpmu.dsl.resolve..", "dev.vpmu.dsl.scoping..", "org.eclipse.emf..", "org.eclipse.xtext.resource..", "org.eclipse.xtext.nodemodel..", "dev.vpmu.runtime.."));
    }

    @Test
    void oneEmitterDoesNotKnowAnother() {
        holds(com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices().matching("dev.vpmu.generator.emit.(*)..").should().notDependOnEachOther());
    }

    @Test
    void theCompilerDoesNotKnowItsUsers() {
        holds(noClasses().that().resideInAPackage("dev.vpmu.generator..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.vpmu.maven..", "dev.vpmu.dsl.ide..", "dev.vpmu.eclipse.."));
    }

    @Test
    void generatedCodeDependsOnJavaAndTheRuntime() {
        JavaClasses generated = new ClassFileImporter().importPackages("vpmu");
        assertTrue(generated.size() > 3);
        classes().that().resideInAPackage("vpmu..").should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.vpmu.runtime..", "vpmu..").check(generated);
    }

    @Test
    void noPackageLiesInTwoModules() throws Exception {
        Map<String, TreeSet<String>> owners = new TreeMap<>();
        for (Class<?> module : MODULES) {
            for (String name : packages(module)) {
                owners.computeIfAbsent(name, key -> new TreeSet<>()).add(module.getName());
            }
        }
        assertTrue(owners.size() > 20);
        owners.forEach((name, modules) -> assertEquals(1, modules.size(), name + " lies in the modules of " + modules));
    }

    @Test
    void theBundlesSayWhoTheyAreAndWhatTheyExport() throws Exception {
        for (Class<?> bundle : BUNDLES) {
            try (InputStream in = manifest(bundle)) {
                Manifest manifest = new Manifest(in);
                String name = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
                assertNotNull(name, bundle.getName());
                String exported = manifest.getMainAttributes().getValue("Export-Package");
                assertTrue(exported.contains(bundle.getPackageName()), name + " exports " + exported);
                assertEquals("2", manifest.getMainAttributes().getValue("Bundle-ManifestVersion"));
            }
        }
    }

    private static InputStream manifest(Class<?> module) throws Exception {
        Path place = place(module);
        if (Files.isDirectory(place)) {
            return Files.newInputStream(place.resolve("META-INF/MANIFEST.MF"));
        }
        return URI.create("jar:" + place.toUri() + "!/META-INF/MANIFEST.MF").toURL().openStream();
    }

    private static TreeSet<String> packages(Class<?> module) throws Exception {
        Path place = place(module);
        if (Files.isDirectory(place)) {
            return packages(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return packages(jar.getPath("/"));
        }
    }

    private static TreeSet<String> packages(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            TreeSet<String> packages = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(".class")).map(file -> root.relativize(file).getParent())
                    .forEach(folder -> packages.add(folder == null ? "" : folder.toString().replace('\\', '/').replace('/', '.')));
            return packages;
        }
    }

    private static Path place(Class<?> module) throws URISyntaxException {
        return Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
