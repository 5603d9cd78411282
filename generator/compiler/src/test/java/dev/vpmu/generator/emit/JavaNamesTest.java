package dev.vpmu.generator.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.vpmu.generator.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {

    private static final long SEED = 20260101;
    private static final String PIECES = "aAbBzZ019__..::==$$-@ \u00e9\u0130\ud83d\ude00\ud800\u202e\\";

    @ParameterizedTest
    @CsvSource({ "IA32_PMC, IA32_PMC", "BR_INST_RETIRED.ALL_BRANCHES, BR_INST_RETIRED__ALL_BRANCHES", "RS.EMPTY_COUNT, RS__EMPTY_COUNT",
            "RS_EMPTY.COUNT, RS_EMPTY__COUNT", "FP_ARITH_INST_RETIRED.128B_PACKED_DOUBLE, FP_ARITH_INST_RETIRED__128B_PACKED_DOUBLE",
            "A:request=B, A$$request$_B", "128B, _128B", "_128B, $5f$128B", "_a, _a", "__a, $5f$$5f$a", "record, record$", "_, _$", "a b, a$20$b" })
    void aNameStaysReadable(String name, String java) {
        assertEquals(java, JavaNames.toJava(name));
    }

    @Test
    void everyIdentifierIsOneOfTheLanguageAndLeadsBackToItsNameAlone() {
        Map<String, String> names = new HashMap<>();
        for (String name : randomNames(Effort.of(200_000, 3_000_000))) {
            String java = JavaNames.toJava(name);
            assertTrue(SourceVersion.isName(java) && java.indexOf('.') < 0 && java.chars().allMatch(c -> c < 0x80), () -> java + " seed " + SEED);
            assertEquals(name, JavaNames.toName(java), "seed " + SEED);
            String other = names.put(java, name);
            assertTrue(other == null || other.equals(name), () -> java + " of two names, seed " + SEED);
        }
    }

    @Test
    void everyVendorNameIsReversibleAndFreeOfHexEscapes() throws Exception {
        Set<String> names = vendorNames();
        Set<String> identifiers = new HashSet<>();
        for (String name : names) {
            String java = JavaNames.toJava(name);
            assertTrue(identifiers.add(java), java);
            assertEquals(name, JavaNames.toName(java));
            assertTrue(!java.matches(".*\\$[0-9a-f]+\\$.*"), java);
        }
        assertTrue(names.size() > 5000, "names: " + names.size());
    }

    @Test
    void noMethodHidesOneOfEveryObject() {
        for (String name : List.of("getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait", "clone", "finalize")) {
            assertEquals(name + "$", JavaNames.toMethod(name));
            assertEquals(name, JavaNames.toName(JavaNames.toMethod(name)));
        }
        assertEquals("size$", JavaNames.toMethod("size", Set.of("size")));
        assertThrows(IllegalArgumentException.class, () -> JavaNames.toMethod("size", Set.of("size$")));
    }

    @Test
    void everyKeywordOfThisJdkIsAvoided() {
        for (String word : ("abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float"
                + " for goto if implements import instanceof int interface long native new package private protected public return short static strictfp"
                + " super switch synchronized this throw throws transient try void volatile while true false null _"
                + " var yield record sealed permits when module open").split(" ")) {
            assertEquals(word + "$", JavaNames.toJava(word));
        }
    }

    @Test
    void everyPublicTypeOfJavaLangIsAvoidedAsAClass() throws Exception {
        try (var files = Files.list(Path.of(java.net.URI.create("jrt:/java.base/java/lang")))) {
            for (String file : files.map(path -> path.getFileName().toString()).filter(name -> name.matches("[A-Z][A-Za-z]*\\.class")).toList()) {
                String name = file.replace(".class", "");
                if (java.lang.reflect.Modifier.isPublic(Class.forName("java.lang." + name, false, null).getModifiers())) {
                    assertEquals(name + "$", JavaNames.toClass(name, ClassKind.DOOR));
                }
            }
        }
    }

    @Test
    void classesOfNamesThatDifferOnlyInCaseAreDifferentFilesOnEveryDisk() {
        List<String> names = List.of("BroadwellEP", "BroadwellEp", "BROADWELLEP", "a Z1f", "A", "a", "aEvents", "AEvents", "AEVENTS", "con", "CON", "FooEvents", "fooevents:Z1f",
                "Fooevents", "foo", "Foo", "String", "string", "", "É", "é", "class", "Class");
        Map<String, String> nameOfFile = new HashMap<>();
        for (ClassKind kind : ClassKind.values()) {
            JavaNames.toClasses(names, kind).forEach((name, className) -> {
                assertTrue(SourceVersion.isName(className), className);
                assertEquals(name, JavaNames.toName(className, kind));
                String other = nameOfFile.put(className.toLowerCase(Locale.ROOT), name + " as " + kind);
                assertTrue(other == null, () -> className + ": " + name + " as " + kind + " and " + other);
            });
        }
        assertEquals("BroadwellEP", JavaNames.toClasses(names, ClassKind.DOOR).get("BroadwellEP"));
        assertEquals("BroadwellEPEvents", JavaNames.toClass("BroadwellEP", ClassKind.EVENTS));
    }

    @Test
    void randomClassesAreDifferentFilesOnEveryDisk() {
        Random random = new Random(SEED);
        Set<String> names = new TreeSet<>();
        String pieces = "aAbBeEsSzZ$1f:_.";
        while (names.size() < Effort.of(20_000, 400_000)) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(7), 0, pieces.length()).forEach(i -> name.append(pieces.charAt(i)));
            names.add(random.nextInt(4) == 0 ? name + "Events" : name.toString());
        }
        Map<String, String> nameOfFile = new HashMap<>();
        for (ClassKind kind : ClassKind.values()) {
            JavaNames.toClasses(List.copyOf(names), kind).forEach((name, className) -> {
                assertEquals(name, JavaNames.toName(className, kind), "seed " + SEED);
                String other = nameOfFile.put(className.toLowerCase(Locale.ROOT), name + " as " + kind);
                assertTrue(other == null, () -> className + ": " + name + " as " + kind + " and " + other + ", seed " + SEED);
            });
        }
    }

    @Test
    void aPackageIsALegalPackageAndAFolderOnEveryDisk() {
        assertEquals("vpmu.intel", JavaNames.toPackage("vpmu.intel"));
        assertEquals("vpmu.record$.aux$.class$", JavaNames.toPackage("vpmu.record.aux.class"));
        assertTrue(SourceVersion.isName(JavaNames.toPackage("..x.1")));
        assertNotEquals(JavaNames.toPackage("a..b"), JavaNames.toPackage("a.b"));
    }

    @Test
    void anIdentifierThatNoNameHasIsRefused() {
        for (String java : List.of("a$x", "a$20", "$ffffffff$", "___", "$41$", "1a", "$d83d$$de00$", "a b", "é")) {
            assertThrows(IllegalArgumentException.class, () -> JavaNames.toName(java), java);
        }
        assertThrows(IllegalArgumentException.class, () -> JavaNames.toName("Foo", ClassKind.EVENTS));
        assertThrows(IllegalArgumentException.class, () -> JavaNames.toName("Foo$Zff", ClassKind.DOOR));
    }

    @Test
    void aClassFullOfOddNamesCompilesWithoutAWarning() throws Exception {
        StringBuilder source = new StringBuilder("/** Names. */ final class Names {\n /** None. */ private Names() { }\n");
        Set<String> seen = new HashSet<>();
        for (String name : randomNames(600)) {
            if (seen.add(name)) {
                source.append("/** One. */ static final int ").append(JavaNames.toJava(name)).append(" = 1;\n");
                source.append("/** One.\n * @return 1 */ static int ").append(JavaNames.toMethod(name)).append("() { return 1; }\n");
            }
        }
        assertEquals(List.of(), MemoryCompiler.messages("Names", source.append("}\n").toString()));
    }

    private static List<String> randomNames(int count) {
        Random random = new Random(SEED);
        List<String> names = new ArrayList<>(Hostile.TEXTS);
        names.addAll(List.of("class", "record", "_", "a", "A", "a$", "$", "$$", "record:", "record$", "getClass", "1", ".1", "_1", "a.", ".a", "a_.b", "a._b", "a.b", "a..b", "a__b"));
        while (names.size() < count) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(9), 0, PIECES.length()).forEach(i -> name.append(PIECES.charAt(i)));
            names.add(name.toString());
        }
        return names;
    }

    private static Set<String> vendorNames() throws Exception {
        assumeTrue(SharedData.find().isPresent(), "no shared data beside this checkout");
        Set<String> names = new TreeSet<>();
        for (Path file : SharedData.intelCoreFiles(SharedData.find().get())) {
            for (JsonElement event : JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray("Events")) {
                names.add(event.getAsJsonObject().get("EventName").getAsString());
            }
        }
        return names;
    }
}
