package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.CompilationRequest;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.PmuCompiler;
import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.CostStep;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.Steps;
import dev.vpmu.runtime.lab.report.UpdateTable;
import dev.vpmu.runtime.lab.scenario.RegisterUpdate;
import dev.vpmu.runtime.lab.scenario.Scenarios;
import dev.vpmu.runtime.lab.scenario.UpdateScenario;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpmu.intel.BroadwellEP;
import vpmu.intel.XeonE5_2699v4Costs;

/** A price, a line of a policy and a number of counters are changed in a {@code .pmu} file, and the table follows without any Java. */
class ChangedModelTest {

    private static final String CHANGED = """
            package changed

            import vpmu.intel.*
            import vpmu.intel.arch.*
            import vpmu.policies.*

            /** Four counters where Broadwell-EP has eight. */
            cpu Narrow extends Broadwell {
                signature GenuineIntel family 6 model 0xF1
                clocks core 2200 MHz tsc 2200 MHz bus 100 MHz  assumed
                counters gp     [0..3]  width 48 bits
                counters fixed  [0..2]  width 48 bits
                events NarrowEvents
                policies RegisterOriented, EventOriented2018, Refused, Paused
            }

            events NarrowEvents for Narrow {
                CYCLES      = 0x3C:0x00  is cycles
                BRANCHES    = 0xC4:0x00  is branches
                MISSES      = 0x2E:0x41  is cache misses
            }

            policy Refused extends RegisterOriented {
                on conflict  move else rotate else refuse
            }

            policy Paused extends EventOriented2018 {
                reprogram at entry by resuming
            }

            costs Dear extends XeonE5_2699v4 {
                wrmsr = 1000 cycles  assumed
            }
            """;
    private static final double SECONDS = 0.04;

    @TempDir
    private static Path folder;
    private static URLClassLoader classes;
    private static Cpu narrow;

    private final Cpu broadwell = new BroadwellEP();

    @BeforeAll
    static void compile() throws Exception {
        Path models = Files.createDirectories(folder.resolve("pmu/changed"));
        Files.writeString(models.resolve("Narrow.pmu"), CHANGED);
        Path java = folder.resolve("java");
        CompilationResult result = PmuCompiler.standalone().compile(
                new CompilationRequest(List.of(folder.resolve("pmu")), List.of(place(BroadwellEP.class)), java, folder.resolve("resources")));
        assertFalse(result.failed(), () -> result.messages().stream().map(result.check()::show).toList().toString());
        Path compiled = Files.createDirectories(folder.resolve("classes"));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, Stream.concat(
                Stream.of("-d", compiled.toString(), "-cp", place(BroadwellEP.class) + System.getProperty("path.separator") + place(Cpu.class)), sources(java).stream()).toArray(String[]::new)));
        classes = new URLClassLoader(new URL[] {compiled.toUri().toURL()}, ChangedModelTest.class.getClassLoader());
        narrow = (Cpu) classes.loadClass("changed.Narrow").getDeclaredConstructor().newInstance();
    }

    @AfterAll
    static void close() throws IOException {
        if (classes != null) {
            classes.close();
        }
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<String> sources(Path java) throws IOException {
        try (Stream<Path> files = Files.walk(java)) {
            return files.map(Path::toString).filter(file -> file.endsWith(".java")).toList();
        }
    }

    @Test
    void aDearerWrmsrMakesTheUpdateAsMuchDearer() throws Exception {
        CostTable dear = (CostTable) classes.loadClass("changed.DearCosts").getField("TABLE").get(null);
        CostTable usual = XeonE5_2699v4Costs.TABLE;
        UpdateTable table = new UpdateTable(broadwell, RegisterUpdate.CONTROL_WRITE, broadwell.design("EventOriented2018"), broadwell.design("RegisterOriented"));
        double more = (1_000 - 100) / 2.2;
        assertEquals(usual.nanos("wrmsr", "") + more, dear.nanos("wrmsr", ""), 1e-6);
        assertEquals(table.optimized(usual).nanos() + more, table.optimized(dear).nanos(), 1e-6, "one WRMSR");
        assertEquals(table.traditional(usual).nanos() + more * table.traditional(usual).steps().count(CostStep.WRMSR), table.traditional(dear).nanos(), 1e-6);
        assertTrue(table.lines(List.of(dear)).stream().anyMatch(line -> line.contains("wrmsr") && line.contains("454.5 *")), "the price stands in the table");
    }

    private static Steps update(String policy) {
        return new UpdateScenario(RegisterUpdate.CONTROL_WRITE, false).run(narrow, narrow.design(policy)).steps();
    }

    private static Scenario shipped(String name) {
        return Scenarios.named(name, SECONDS);
    }

    @Test
    void theLineThatSaysWhenEventsAreReprogrammedChangesTheSteps() {
        Steps before = update("EventOriented2018");
        Steps after = update("Paused");
        assertEquals(0, before.count(CostStep.EVENT_PAUSE));
        assertEquals(1, after.count(CostStep.EVENT_PAUSE));
        assertEquals(before.count(CostStep.EVENT_CREATE), after.count(CostStep.EVENT_CREATE));
    }

    @Test
    void theLineThatSaysWhoGivesWayChangesWhoLoses() {
        Scenario scenario = shipped("host-competes");
        Result evicting = scenario.run(narrow, narrow.design("RegisterOriented"));
        Result refused = scenario.run(narrow, narrow.design("Refused"));
        assertEquals(0, evicting.countError());
        assertTrue(evicting.host().erred() > 0, "the host's pinned event gave way");
        assertEquals(1, refused.countError(), "the guest's counter did");
        assertTrue(refused.host().erred() < evicting.host().erred());
        assertEquals(List.of("no counter left: pinned event of the host"), List.copyOf(refused.losses().keySet()));
    }

    @Test
    void fewerCountersAreFewerEventsThatCompete() {
        Scenario competes = shipped("host-competes");
        assertEquals(1 + 3 * 8, competes.run(broadwell, broadwell.design("RegisterOriented")).host().opened());
        assertEquals(1 + 3 * 4, competes.run(narrow, narrow.design("RegisterOriented")).host().opened());
        Scenario multiplex = shipped("multiplex");
        assertEquals(8 + 3 + 4, multiplex.run(broadwell, broadwell.design("RegisterOriented")).counts().size());
        Result result = multiplex.run(narrow, narrow.design("RegisterOriented"));
        assertEquals(4 + 3 + 4, result.counts().size());
        assertEquals(0, result.countError());
    }
}
