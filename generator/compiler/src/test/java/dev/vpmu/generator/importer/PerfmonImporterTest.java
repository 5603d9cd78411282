package dev.vpmu.generator.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.vpmu.generator.importer.ImportResult.ImportedFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerfmonImporterTest {

    @TempDir
    Path folder;

    @Test
    void everyTrapOfTheFormatIsReadAsItIsMeant() throws Exception {
        ImportResult result = PerfmonImporter.importEvents(resource("widgets_core.json"), options());
        assertEquals(List.of("WidgetEvents.pmu"), result.files().stream().map(ImportedFile::name).toList());
        assertEquals(Files.readString(resource("WidgetEvents.pmu")), result.files().get(0).text());
    }

    @Test
    void whatDidNotGetIntoTheTableIsRemarked() throws Exception {
        ImportResult result = PerfmonImporter.importEvents(resource("widgets_core.json"), options());
        assertEquals(List.of(
                "NOT_UNDERSTOOD WIDGETS.MISSPELT, Offcore: unknown value \"7\"",
                "NOT_UNDERSTOOD WIDGETS.MISSPELT, BriefDescript6ion: unknown field with the value \"Counts what nobody reads.\"",
                "LEFT_OUT Offcore: said something for 3 events; no .pmu file has a place for it",
                "LEFT_OUT PEBScounters of an event that is not precise: said something for 1 event; no .pmu file has a place for it",
                "DOUBTFUL CLOCK.THREAD_P, options: is not in the file, so nothing is cycles",
                "DOUBTFUL WIDGETS.EXACT, options: is 0xC0:0x01 there, not 0xC4:0x00, so nothing is branches"),
                result.remarks().stream().map(Remark::toString).toList());
    }

    @Test
    void noneOfTheVendorsProseIsInTheOutput() throws Exception {
        String text = PerfmonImporter.importEvents(resource("widgets_core.json"), options()).files().get(0).text();
        for (String word : List.of("Counts", "finished", "more words", "nobody reads", "Refer")) {
            assertFalse(text.contains(word), word);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "EventCode | 0x1C0 | WIDGETS.ANY_P, EventCode: 0x1C0 is wider than its 8 bits",
            "EventCode | C0 | WIDGETS.ANY_P, EventCode: \"C0\" is no number",
            "UMask | 256 | WIDGETS.ANY_P, UMask: 256 is wider than its 8 bits",
            "UMask | 0x0G | WIDGETS.ANY_P, UMask: \"0x0G\" is no number",
            "UMaskExt | 0x100 | WIDGETS.ANY_P, UMaskExt: 0x100 is wider than its 8 bits",
            "CounterMask | 300 | WIDGETS.ANY_P, CounterMask: 300 is wider than its 8 bits",
            "Invert | 2 | WIDGETS.ANY_P, Invert: 0 or 1 is expected, not \"2\"",
            "MSRValue | 0x10000000000000000 | WIDGETS.ANY_P, MSRValue: 0x10000000000000000 has more than 64 bits",
            "MSRIndex | 0x123 | WIDGETS.ANY_P, MSRIndex: the options name no extra register for MSR 0x123",
            "SampleAfterValue | 281474976710656 | WIDGETS.ANY_P, SampleAfterValue: 281474976710656 is wider than its 48 bits",
            "Counter | 0,1,4 | WIDGETS.ANY_P, Counter: there is no counter 4; the last is 3",
            "Counter | Fixed counter 3 | WIDGETS.ANY_P, Counter: there is no Fixed counter 3; the file's first is 0",
            "Counter | na | WIDGETS.ANY_P, Counter: no counter is named",
            "Errata | ABC 1 | WIDGETS.ANY_P, Errata: \"ABC 1\" is no erratum's id",
            "Equal | 1 | WIDGETS.ANY_P, Equal: the options name no selector field for it",
            "EventName | WIDGETS.EXACT | WIDGETS.EXACT, EventName: the file has this event twice",
            "EventName | a \"b | event 3, EventName: \"a \"b\" is no name of printable ASCII" })
    void aValueThatCannotBeRightIsNamedWithItsEventAndField(String field, String value, String problem) throws Exception {
        JsonObject file = JsonParser.parseString(Files.readString(resource("widgets_core.json"))).getAsJsonObject();
        file.getAsJsonArray("Events").get(2).getAsJsonObject().addProperty(field, value);
        ImportException refused = assertThrows(ImportException.class, () -> PerfmonImporter.importEvents(write(file.toString()), options()));
        assertEquals(List.of(problem), refused.problems());
    }

    @Test
    void allProblemsAreReportedAtOnce() throws Exception {
        JsonObject file = JsonParser.parseString(Files.readString(resource("widgets_core.json"))).getAsJsonObject();
        file.getAsJsonArray("Events").get(1).getAsJsonObject().addProperty("CounterMask", "1");
        file.getAsJsonArray("Events").get(2).getAsJsonObject().remove("UMask");
        file.getAsJsonArray("Events").get(3).getAsJsonObject().addProperty("UMask", "x");
        ImportException refused = assertThrows(ImportException.class, () -> PerfmonImporter.importEvents(write(file.toString()), options()));
        assertEquals(List.of("CLOCK.THREAD_ANY, CounterMask: a fixed counter has no such field", "WIDGETS.ANY_P, UMask: missing",
                "WIDGETS.EXACT, UMask: \"x\" is no number"), refused.problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
            "{\"Header\":{},\"Events\":[{\"EventName\":\"A\",\"UMask\":1}]} | A, UMask: a string is expected, not NUMBER",
            "{\"Header\":{},\"Events\":[{\"EventName\":\"A\",\"UMask\":\"1\",\"UMask\":\"1\"}]} | A, UMask: given twice",
            "{\"Header\":{},\"Metrics\":[]} | Metrics: only Header and Events are known here",
            "{\"Header\":{},\"Events\":[]} | Events: there is none",
            "[] | no JSON file of events",
            "{\"Events\":[]} {} | no JSON file of events",
            "{\"Events\": | no JSON file of events",
            "## | no JSON file of events" })
    void aFileOfAnotherShapeIsRefused(String text, String problem) {
        ImportException refused = assertThrows(ImportException.class, () -> PerfmonImporter.importEvents(write(text), options()));
        assertTrue(refused.problems().get(0).startsWith(problem), refused::getMessage);
    }

    @Test
    void aFileThatWouldBeTooLongIsSplit() throws Exception {
        ImportOptions all = options();
        ImportOptions small = new ImportOptions(all.packageName(), all.table(), all.pmu(), all.imports(), all.source(), all.documentation(), "gp", 4, 8, 48, "fixed", 3, 0,
                all.preciseCounters(), true, all.selectorFields(), all.extras(), all.roles(), all.guards(), 16);
        List<ImportedFile> files = PerfmonImporter.importEvents(resource("widgets_core.json"), small).files();
        assertEquals(List.of("WidgetEvents.pmu", "WidgetEventsPart2.pmu", "WidgetEventsPart3.pmu", "WidgetEventsPart4.pmu"), files.stream().map(ImportedFile::name).toList());
        int events = 0;
        for (ImportedFile file : files) {
            assertTrue(file.text().lines().count() <= 16, file.text());
            assertTrue(file.text().contains("events " + file.name().replace(".pmu", "") + " for Widget"));
            events += file.text().lines().filter(line -> line.contains(" = ")).count();
        }
        assertEquals(13, events);
    }

    @Test
    void theTextIsTheSameInEveryLocale() throws Exception {
        String text = PerfmonImporter.importEvents(resource("widgets_core.json"), options()).files().get(0).text();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertEquals(text, PerfmonImporter.importEvents(resource("widgets_core.json"), options()).files().get(0).text());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
            "{\"table\": \"T\"} | import options need package_name",
            "{\"counters\": \"many\"} | For input string",
            "{\"guard\": []} | unknown member guard",
            "{\"guards\": [{\"name\": \"x\"}]} | unknown member name; known are names, when" })
    void optionsThatLackSomethingOrSayTooMuchAreRefused(String text, String fault) throws IOException {
        Path json = Files.writeString(folder.resolve("options.json"), text);
        String message = assertThrows(IllegalArgumentException.class, () -> ImportOptions.read(json)).getMessage();
        assertTrue(message.contains("options.json: " + fault), message);
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("events.json"), json);
    }

    private static ImportOptions options() throws Exception {
        return ImportOptions.read(resource("widgets_options.json"));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(PerfmonImporterTest.class.getResource(name).toURI());
    }
}
