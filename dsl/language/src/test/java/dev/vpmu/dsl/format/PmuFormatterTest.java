package dev.vpmu.dsl.format;

import static dev.vpmu.dsl.format.Formatters.FORMATTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;

import org.eclipse.xtext.formatting2.IFormatter2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PmuFormatterTest {

    @ParameterizedTest
    @ValueSource(strings = {"layouts", "registers", "tables", "events", "comments", "policies", "costs"})
    void untidyFilesBecomeTidy(String name) {
        assertEquals(Formatters.resource(name + ".after.pmu"), FORMATTER.format(Formatters.resource(name + ".before.pmu")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"architecture.fixed", "wide-codes.fixed", "layouts.after", "registers.after", "tables.after", "events.after",
        "comments.after", "policies.after", "costs.after"})
    void tidyFilesStay(String name) {
        String text = Formatters.resource(name + ".pmu");
        assertEquals(text, FORMATTER.format(text));
        assertEquals(List.of(), FORMATTER.replacements(text));
    }

    @Test
    void theLanguageIsFormattedByIt() {
        assertInstanceOf(PmuFormatter.class, Formatters.INJECTOR.getInstance(IFormatter2.class));
    }

    @Test
    void aTextWithAMistakeIsRefusedWithItsLine() {
        var refusal = assertThrows(FormattingRefusedException.class, () -> FORMATTER.format("package a\n\nbank gp index\nbank fixed\n"));
        assertEquals(3, refusal.line());
        assertTrue(refusal.getMessage().startsWith("not formatted, because of a mistake in line 3: "), refusal.getMessage());
    }

    @Test
    void aWrongNumberIsAMistakeToo() {
        assertThrows(FormattingRefusedException.class, () -> FORMATTER.format("package a\nbank gp index 0x1G\n"));
    }

    @Test
    void linesEndWithOneLineFeedAndTheFileToo() {
        assertEquals("package a\n\nbank gp\n", FORMATTER.format("package a \r\n\r\n\r\nbank gp\t\r\n\r\n"));
        assertEquals("package a\n", FORMATTER.format("package a"));
    }

    @Test
    void aByteOrderMarkGoes() {
        String text = "\uFEFFpackage  a\n";
        assertEquals("package a\n", FORMATTER.format(text));
        assertEquals("package a\n", Formatters.apply(text, FORMATTER.replacements(text)));
    }

    @Test
    void onlyWhiteSpaceThatIsWrongIsReplaced() {
        String text = "package a\n\nbank gp index 0\nbank fixed index 32\n";
        assertEquals(List.of(new TextReplacement(18, 1, "     "), new TextReplacement(37, 1, "  ")), FORMATTER.replacements(text));
    }

    @Test
    void theDefaultLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
            assertEquals(Formatters.resource("tables.after.pmu"), FORMATTER.format(Formatters.resource("tables.before.pmu")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"0xc1, 0xC1", "0x0c1, 0x0C1", "0x6040000_0001, 0x604_0000_0001", "0x604000001, 0x6_0400_0001", "0xC0010200, 0xC0010200",
        "0xC0_010200, 0xC001_0200", "0x1_2, 0x12", "0x0006_0400_0001, 0x0006_0400_0001", "2_000003, 2_000003", "0, 0"})
    void numbersOfAnyMeaningKeepTheirLeadingZeros(String before, String after) {
        assertEquals("package a\n\nbank gp  index " + after + "\n", FORMATTER.format("package a\nbank gp index " + before));
    }

    @ParameterizedTest
    @CsvSource({"0x1, 0x2, 0x01, 0x02", "0x001, 0x002, 0x001, 0x02", "0x00001, 0x102, 0x001, 0x0102", "0xabcd, 0x0, 0xABCD, 0x00",
        "0x0, 0x00001, 0x00, 0x01", "193, 2, 193, 2", "0x0_1, 0x0_0_0, 0x01, 0x00"})
    void codesAndUnitMasksHaveAFixedNumberOfDigits(String code, String mask, String codeAfter, String maskAfter) {
        assertEquals("package a\n\nevents E for P { A = " + codeAfter + ":" + maskAfter + " }\n",
            FORMATTER.format("package a events E for P { A = " + code + ":" + mask + " }"));
    }

    @Test
    void oneCodeOfThreeDigitsMakesAllCodesOfItsTableSo() {
        String formatted = FORMATTER.format("package a events E for P {\nA = 0x1:0x1\n\nB = 0x123:0x1\n} events F for P {\nA = 0x1:0x1\n}");
        assertEquals("package a\n\nevents E for P {\n    A = 0x001:0x01\n\n    B = 0x123:0x01\n}\n\nevents F for P {\n    A = 0x01:0x01\n}\n", formatted);
    }

    @Test
    void aNameOf44CharactersStaysOnItsLine() {
        String name = "N".repeat(44);
        assertEquals("package a\n\nevents E for P {\n    " + name + " = 0x01:0x01\n}\n", FORMATTER.format("package a events E for P {\n" + name + "=0x1:0x1}"));
        assertEquals("package a\n\nevents E for P {\n    " + name + "N\n        = 0x01:0x01\n}\n",
            FORMATTER.format("package a events E for P {\n" + name + "N=0x1:0x1}"));
    }

    @Test
    void aRowOf120CharactersStaysOnItsLine() {
        String head = "package a\n\nbank b  index 0  from \"";
        String fits = head + "x".repeat(120 - (head.length() - "package a\n\n".length()) - 1) + "\"\n";
        assertEquals(fits, FORMATTER.format(fits));
        assertEquals(fits.replace("  from \"", "\n        from \"x"), FORMATTER.format(fits.replace("from \"", "from \"x")));
    }

    @Test
    void anAttributeBecomesAColumnWhenHalfOfTheRowsHaveIt() {
        assertEquals("""
            package a

            events E for P {
                A = 0x01:0x01  on gp     period 5
                B = 0x02:0x01  on gp[0]  period 7  alone
                C = 0x03:0x01                      errata "x"
            }
            """, FORMATTER.format("package a events E for P {\nA = 0x1:0x1 period 5 on gp\nB = 0x2:0x1 alone on gp[0] period 7\nC = 0x3:0x1 errata \"x\"}"));
    }

    @Test
    void aBodyOnItsHeadersLineStaysThereHoweverWideItsColumnsAre() {
        String formatted = """
            package a

            layout L {
                each %s  { f  [0]  is enable }
                each gp%s  { %s  [0]  is condition changed }
            }
            """.formatted("b".repeat(60), " ".repeat(58), "g".repeat(44));
        assertEquals(formatted, FORMATTER.format(formatted));
        assertEquals(formatted, FORMATTER.format(formatted.replaceAll(" +", " ")));
    }
}
