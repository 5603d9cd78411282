package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.Field;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.Pmu;

/** What is said about a mistake, where, and how much of the file survives it. */
class SyntaxMistakesTest {

    private static void assertMessages(String text, String... expected) {
        Source source = Source.of(text);
        assertEquals(List.of(expected), source.messages());
        assertTrue(source.result.mistakes().stream().allMatch(mistake -> mistake.code().equals(expected[0].contains(" digit, in ") ? Mistake.NUMBER : Mistake.SYNTAX)));
    }

    private static String events(String row) {
        return "package a\nevents E for P {\n    A.A = 0x1:0x2\n    " + row + "\n    A.Z = 0x1:0x3\n}\nbank gp\n";
    }

    private static String layout(String row) {
        return "package a\nlayout L {\n    a [0]\n    " + row + "\n    z [1]\n}\nbank gp\n";
    }

    private static String pmu(String row) {
        return "package a\npmu P {\n    version 1\n    " + row + "\n    version 2\n}\nbank gp\n";
    }

    @Test
    void anEventRowWithoutEqualsSign() {
        assertMessages(events("A.B 0x48:0x01 on gp[2]"), "4:9 0x48 → '=' is missing before '0x48', in events E (line 2)");
    }

    @Test
    void isWithoutRole() {
        assertMessages(layout("usr [16] is"),
            "4:14 is → something is missing after 'is', in layout L (line 2); possible: a role of a field such as 'event code', 'capability'");
    }

    @Test
    void aMisspeltWord() {
        assertMessages(pmu("msr A 0x12 is selektor L"), "4:19 selektor → 'selektor' cannot stand here, in pmu P (line 2); did you mean 'selector'?");
        assertMessages(pmu("capabilty x"), "4:5 capabilty → 'capabilty' cannot stand here, in pmu P (line 2); did you mean 'capability'?");
        assertMessages(events("A.B = 1:2 preiod 7"), "4:15 preiod → 'preiod' cannot stand here, in events E (line 2); did you mean 'period'?");
        assertMessages(layout("b [2] iss enable"), "4:11 iss → 'iss' cannot stand here, in layout L (line 2); did you mean 'is'?");
    }

    @Test
    void aMissingBracket() {
        assertMessages(layout("umask [15:8 is unit mask"), "4:17 is → ']' is missing before 'is', in layout L (line 2)");
        assertMessages(layout("umask [15:8"), "4:15 8 → ']' is missing after '8', in layout L (line 2)");
        assertMessages(events("A.B = 1:2 (cmask 1 period 12"), "4:24 period → ')' is missing before 'period', in events E (line 2)");
    }

    @Test
    void aStatementOfACpuInsideALayout() {
        assertMessages(layout("version 2"), "4:5 version → 'version' begins a statement of a pmu or cpu and cannot stand here, in layout L (line 2)");
        assertMessages(layout("msr A 0x12 is value"), "4:5 msr → 'msr' begins a statement of a pmu or cpu and cannot stand here, in layout L (line 2)");
    }

    @Test
    void aWrongDigit() {
        assertMessages(pmu("msr A 0x12G is value"), "4:15 G → 'G' is not a hexadecimal digit, in '0x12G'");
    }

    @Test
    void anUnterminatedString() {
        assertMessages(events("A.B = 1:2 errata \"abc"), "4:22 \"abc → the string is not closed: '\"' is missing before the end of line 4");
        assertMessages("package a\nlayout L from \"abc {\n    a [0]\n}\n", "2:15 \"abc { → the string is not closed: '\"' is missing before the end of line 2");
    }

    @Test
    void anUnterminatedComment() {
        assertMessages("package a\nlayout L {\n    a [0] /* b\n}\nbank gp\n", "3:11 /* → the comment that begins here in line 3 is not closed: '*/' is missing");
    }

    @Test
    void aWrongEscape() {
        assertMessages(events("A.B = 1:2 errata \"a\\x\", \"b\\u12\""),
            "4:24 \\x → '\\' before 'x' (U+0078) is no escape: a string has \\\", \\\\, \\n, \\t and \\uXXXX with four hexadecimal digits",
            "4:31 \\u → '\\' before 'u' (U+0075) is no escape: a string has \\\", \\\\, \\n, \\t and \\uXXXX with four hexadecimal digits");
    }

    @Test
    void charactersThatAreNotPartOfTheLanguage() {
        assertMessages(layout("b [2] § is enable"), "4:11 § → the character '§' (U+00A7) is not part of the language");
        assertMessages(layout("b [2] is enable;"), "4:20 ; → the character ';' (U+003B) is not part of the language: rows end without a sign");
        assertMessages(layout("b [2] \u202E is enable"), "4:11 \u202E → the character U+202E is not part of the language");
        assertMessages(layout("b [2] \0"), "4:11 \0 → the character U+0000 is not part of the language");
        assertMessages(layout("b [2] // \uD800"), "4:14 \uD800 → U+D800 is half of a surrogate pair and no character");
        assertMessages(layout("b [2 \uD83D\uDE00 ]"), "4:10 \uD83D\uDE00 → the character '\uD83D\uDE00' (U+1F600) is not part of the language");
    }

    @Test
    void aByteOrderMarkIsAccepted() {
        assertMessages("\uFEFFpackage a\nbank gp");
    }

    @Test
    void aMissingBraceIsReportedAtTheHeader() {
        assertMessages("package a\n\nlayout X {\n    a [0]\n\n// next\nlayout Y {\n    b [0]\n}\n",
            "3:1 layout X → layout X (line 3) is not closed: '}' is missing before 'layout' in line 7");
        assertMessages("package a\nlayout X {\n    each gp {\n        a [0]\n    b [1]\n}\nbank gp\n",
            "3:5 each gp → each gp (line 3) is not closed: '}' is missing before 'b' in line 5");
        assertMessages("package a\ncpu X {\n    version 1\n", "2:1 cpu X → cpu X (line 2) is not closed: '}' is missing at the end of the file");
        assertMessages("package a\ncpu X {", "2:1 cpu X → cpu X (line 2) is not closed: '}' is missing at the end of the file");
    }

    @Test
    void aSurplusBrace() {
        assertMessages(layout("}"), "4:5 } → '}' closes layout L (line 2) although rows follow in line 5; remove it");
        assertMessages("package a\nlayout X {\n    a [0]\n}\n}\nbank gp\n", "5:1 } → '}' closes nothing: no '{' is open here, layout X (line 2) ends in line 4");
    }

    @Test
    void aHeaderThatIsWrong() {
        assertMessages("package a\nlayout {\n    a [0]\n}\nbank gp\n", "2:8 { → a name is missing before '{', in layout (line 2)");
        assertMessages("package a\nlayot L {\n    a [0]\n}\nbank gp\n", "2:1 layot → 'layot' cannot stand here; did you mean 'layout'?");
        assertMessages("package a\nevents E fro P {\n    A = 1:2\n}\nbank gp\n", "2:10 fro → 'fro' cannot stand here, in events E (line 2); did you mean 'for'?");
        assertMessages("package a\nfoo bar\nbank gp\n", "2:1 foo → 'foo' cannot stand here; possible: 'import', 'bank', 'layout', 'cpu', 'pmu', 'events', 'policy'");
        assertMessages("package a\nbank gp\nimport b\nbank fixed\n", "3:1 import → 'import' begins a line that stands before the first element and cannot stand here");
    }

    @Test
    void aFileWithoutPackage() {
        assertMessages("bank gp", "1:1 bank → the file's package is missing: the first line is 'package' and a name such as 'vpmu.intel'");
        assertMessages("", "1:1  → the file's package is missing: the first line is 'package' and a name such as 'vpmu.intel'");
    }

    @Test
    void aGapInsideAName() {
        assertMessages(events("A. B = 1:2"), "4:5 A. B → no white space or comment inside a name: write 'A.B'");
        assertMessages(events("A.B = 1:2 replaced by A/* */.C"), "4:27 A/* */.C → no white space or comment inside a name: write 'A.C'");
        assertMessages("package a .b", "1:9 a .b → no white space or comment inside a name: write 'a.b'");
        assertMessages("package a\nimport a.b .*", "2:8 a.b .* → no white space or comment inside a name: write 'a.b.*'");
    }

    @Test
    void anEmptyEventName() {
        assertMessages(events("\"\" = 1:2"), "4:5 \"\" → the name of an event is not empty");
    }

    @Test
    void bracketsNestedTooDeep() {
        assertMessages("package a\nlayout L " + "{".repeat(10_000) + "\n", "2:42 { → brackets are nested more than 32 deep, in layout L (line 2)");
    }

    @Test
    void twoMistakesInOneTable() {
        Source source = Source.of("package a\nevents E for P {\n    A.A 0x1:0x2\n    A.B = 0x1:0x2\n    A.C = 0x1\n    A.D = 0x1:0x2\n}\n");
        assertEquals(List.of("3:9 0x1 → '=' is missing before '0x1', in events E (line 2)", "5:11 0x1 → ':' is missing after '0x1', in events E (line 2)"), source.messages());
        EventTable table = (EventTable) source.file().getElements().get(0);
        assertEquals(List.of("A.A", "A.B", "A.D"), table.getEvents().stream().map(event -> event.getName()).toList());
    }

    @Test
    void fiveMistakesInFiveElements() {
        Source source = Source.of("""
            package a
            bank gp index
            layout L {
                a [0
                b [1]
            }
            layout M {
                version 1
                c [1]
            }
            pmu P {
                version
                msr A 0x1 is value
            }
            events E for P {
                A = 0x1:
                B = 0x1:0x2
            }
            bank fixed
            """);
        assertEquals(List.of(
            "2:9 index → a number is missing after 'index', in bank gp (line 2)",
            "4:8 0 → ']' is missing after '0', in layout L (line 3)",
            "8:5 version → 'version' begins a statement of a pmu or cpu and cannot stand here, in layout M (line 7)",
            "12:5 version → a number is missing after 'version', in pmu P (line 11)",
            "16:12 : → a number is missing after ':', in events E (line 15)"), source.messages());
        assertEquals(5, source.file().getElements().size());
        assertEquals(List.of("a", "b"), ((Layout) source.file().getElements().get(0)).getMembers().stream().map(member -> ((Field) member).getName()).toList());
        assertEquals(1, ((Layout) source.file().getElements().get(1)).getMembers().size());
        assertEquals(1, ((Pmu) source.file().getElements().get(2)).getStatements().size());
        assertEquals(1, ((EventTable) source.file().getElements().get(3)).getEvents().size());
    }

    @Test
    void mistakesOfNumbersAreAllReportedAndCostOnlyTheirValue() {
        Source source = Source.of("package a\nlayout L {\n    a [0x1G:0]\n    b [2_:1\n    c [08]\n}\n");
        assertEquals(List.of("3:11 G → 'G' is not a hexadecimal digit, in '0x1G'", "4:9 _ → '_' stands between digits, not at the end of a number",
            "4:11 1 → ']' is missing after '1', in layout L (line 2)", "5:8 08 → '08' begins with 0, which looks like an octal number: write '8'"), source.messages());
        assertEquals(3, ((Layout) source.file().getElements().get(0)).getMembers().size());
    }

    @Test
    void aRowTakenOutIsNamedToLaterStages() {
        Source source = Source.of(layout("flag [2] is"));
        BlankedRegion region = source.result.blanked().get(0);
        assertEquals(1, source.result.blanked().size());
        assertEquals(List.of("flag", "is"), region.words());
        assertEquals("flag [2] is", source.text.substring(region.offset(), region.offset() + region.length()));
        assertEquals(source.text, source.result.getRootNode().getText());
    }

    @Test
    void offsetsAndLinesOfTheTreeAreTheOriginals() {
        String text = "package a\nlayout L {\n    a [0\n\nlayout M {\n    b [1]\n}\n";
        Source source = Source.of(text);
        var node = org.eclipse.xtext.nodemodel.util.NodeModelUtils.findActualNodeFor(source.file().getElements().get(1));
        assertEquals(text.indexOf("layout M"), node.getOffset());
        assertEquals(5, node.getStartLine());
    }

    @Test
    void noMessageSpeaksTheParsersLanguage() {
        for (String text : List.of(events("= = ="), events("{ }"), layout("[[["), pmu("msr msr msr"), "package", "package a import", "}}}}", "\"", "layout layout layout"))
            for (String message : Source.of(text).messages()) {
                assertFalse(message.contains("RULE_") || message.contains("viable") || message.contains("mismatched") || message.contains("EOF"), message);
            }
    }
}
