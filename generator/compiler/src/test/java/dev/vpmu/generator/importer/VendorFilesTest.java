package dev.vpmu.generator.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vpmu.dsl.PmuStandaloneSetup;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.generator.SharedData;
import dev.vpmu.generator.importer.ImportOptions.ExtraRegister;
import dev.vpmu.generator.importer.ImportResult.ImportedFile;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.IParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every core event file of Intel's, where they lie beside the checkout. */
class VendorFilesTest {

    private static final IParser PARSER = new PmuStandaloneSetup().createInjectorAndDoEMFRegistration().getInstance(IParser.class);

    @BeforeAll
    static void needsTheFiles() {
        assumeTrue(SharedData.find().isPresent(), "no shared data beside this checkout");
    }

    static Stream<Path> files() throws Exception {
        return SharedData.find().isPresent() ? SharedData.intelCoreFiles(SharedData.find().get()).stream() : Stream.of(Path.of("none"));
    }

    @Test
    void thereAreFortySevenOfThem() throws Exception {
        assertEquals(47, files().count());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileIsImportedWholeAndUnderstoodAndParses(Path json) throws Exception {
        ImportResult result = PerfmonImporter.importEvents(json, options(json));
        PerfmonFile vendor = PerfmonFile.read(json);
        int events = 0;
        for (ImportedFile file : result.files()) {
            assertTrue(file.text().lines().count() <= 2500, file.name());
            IParseResult parsed = PARSER.parse(new StringReader(file.text()));
            for (INode error : parsed.getSyntaxErrors()) {
                assertEquals("", error.getSyntaxErrorMessage().getMessage() + " in line " + error.getTotalStartLine());
            }
            events += ((EventTable) ((PmuFile) parsed.getRootASTElement()).getElements().get(0)).getEvents().size();
        }
        assertEquals(vendor.events().size(), events);
        assertEquals(List.of(), result.remarks().stream().filter(remark -> remark.kind() == Remark.Kind.NOT_UNDERSTOOD).toList());
        List<Remark> doubts = result.remarks().stream().filter(remark -> remark.kind() == Remark.Kind.DOUBTFUL).toList();
        assertTrue(doubts.size() <= 10, doubts::toString);
        noProse(vendor, result);
    }

    private static void noProse(PerfmonFile vendor, ImportResult result) {
        String text = result.files().stream().map(ImportedFile::text).collect(Collectors.joining());
        for (Map<String, String> event : vendor.events()) {
            for (String field : List.of("BriefDescription", "PublicDescription")) {
                String prose = event.getOrDefault(field, "");
                assertFalse(prose.contains(" ") && prose.length() > 12 && text.contains(prose), prose);
            }
        }
    }

    /** Enough for any of them: what a CPU really has does not matter here. */
    private static ImportOptions options(Path json) throws Exception {
        String name = json.getFileName().toString();
        String text = Files.readString(json);
        boolean smtColumns = text.contains("\"CounterHTOff\"");
        int counters = smtColumns ? 4 : text.contains(",8,9\"") ? 10 : 8;
        boolean fromOne = Stream.of("Nehalem", "Westmere", "bonnell", "Silvermont").anyMatch(name::startsWith);
        List<ExtraRegister> extras = List.of(new ExtraRegister("offcore_rsp", List.of("0x1A6", "0x1A7")), new ExtraRegister("ldlat", List.of("0x3F6")),
                new ExtraRegister("frontend", List.of("0x3F7")), new ExtraRegister("omr", List.of("0x3E0", "0x3E1", "0x3E2", "0x3E3")));
        Map<String, String> fields = Map.of("EdgeDetect", "edge", "Invert", "inv", "CounterMask", "cmask", "AnyThread", "any", "Equal", "eq");
        return new ImportOptions("vpmu.test", "Events", "Any", List.of(), "intel/perfmon " + name, "", "gp", counters, smtColumns ? 8 : counters, 48, "fixed", 7,
                fromOne ? 1 : 0, List.of(0, 1, 2, 3), true, fields, extras, List.of(), List.of(), 2500);
    }
}
