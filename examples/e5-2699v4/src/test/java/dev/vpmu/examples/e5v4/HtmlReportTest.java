package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.report.HtmlReport;
import dev.vpmu.runtime.lab.scenario.RegisterUpdate;
import dev.vpmu.runtime.lab.scenario.Scenarios;
import dev.vpmu.runtime.lab.scenario.UpdateScenario;
import dev.vpmu.runtime.vpmu.Allowance;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpmu.intel.BroadwellEP;
import vpmu.intel.XeonE5_2699v4Costs;
import vpmu.intel.XeonE5_2699v4FittedCosts;

class HtmlReportTest {

    private static final Cpu CPU = new BroadwellEP();
    private static final List<CostTable> TABLES = List.of(XeonE5_2699v4Costs.TABLE, XeonE5_2699v4FittedCosts.TABLE);
    private static final UpdateScenario CONTROL_WRITE = new UpdateScenario(RegisterUpdate.CONTROL_WRITE, false);
    private static final String ODD = "<Odd & \"co\">";

    @TempDir
    private static Path folder;
    private static String page;

    @BeforeAll
    static void run() throws IOException {
        PublishedMeasurement.run(CPU, folder);
        page = Files.readString(folder.resolve("index.html"));
    }

    private static JsonObject json(String name) throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve(name))).getAsJsonObject();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(result -> result.group(1)).toList();
    }

    @Test
    void theFirstWordsSayThatItIsModelled() {
        String words = page.replaceFirst("(?s)^.*<body>", "").replaceAll("<[^>]*>", " ").strip();
        assertTrue(words.startsWith("modelled, not measured"), words.substring(0, 60));
        assertEquals(1, found("<title>(modelled, not measured)", page.substring(0, 300)).size());
    }

    @Test
    void thePageLoadsNothing() {
        assertEquals(List.of(), found("(https?:[^\"]*)", page.replaceAll("xmlns(:xlink)?=\"http://www.w3.org/[0-9]+/(svg|xlink)\"", "")));
        assertEquals(List.of(), found("((?:\\bsrc|href|data|action)=\"(?!#))", page));
        assertEquals(List.of(), found("(url\\((?!#))", page));
        assertEquals(List.of(), found("(<(?:script|link|iframe|object|embed|img|image|base)\\b|@import)", page));
    }

    @Test
    void everyScenarioStandsThereUnderEveryDesign() throws IOException {
        JsonObject scenarios = json("summary.json").getAsJsonObject("scenarios");
        assertTrue(scenarios.size() > 10, scenarios.keySet().toString());
        for (Map.Entry<String, JsonElement> scenario : scenarios.entrySet()) {
            assertEquals(CPU.designs().size(), scenario.getValue().getAsJsonObject().size());
            for (VpmuDesign design : CPU.designs()) {
                String row = "<td>" + scenario.getKey() + "</td><td>" + design.name() + "</td>";
                assertEquals(2, page.split(Pattern.quote(row), -1).length - 1, row);
            }
            assertEquals(1, page.split(Pattern.quote("<summary>" + scenario.getKey() + "</summary>"), -1).length - 1, "traffic of " + scenario.getKey());
        }
    }

    @Test
    void trafficStandsThereByPath() throws IOException {
        JsonObject policies = json("summary.json").getAsJsonObject("scenarios").getAsJsonObject("perf-record-1khz");
        String table = page.substring(page.indexOf("<details open><summary>perf-record-1khz</summary>"));
        table = table.substring(0, table.indexOf("</details>"));
        for (VpmuDesign design : CPU.designs()) {
            for (Map.Entry<String, JsonElement> path : policies.getAsJsonObject(design.name()).getAsJsonObject("traffic").entrySet()) {
                List<String> counts = Stream.of("rdmsr", "wrmsr", "rdpmc", "msr_switch").map(step -> path.getValue().getAsJsonObject().get(step))
                        .map(count -> count == null ? "0" : String.format(Locale.ROOT, "%,d", count.getAsLong())).toList();
                List<String> cells = found("<td>" + path.getKey() + "</td>(.*)</tr>", table);
                assertEquals(1, cells.size(), path.getKey());
                assertTrue(cells.get(0).contains("<td class=\"figure\">" + String.join(" / ", counts) + "</td>"), path.getKey() + " of " + design + ": " + cells);
            }
        }
    }

    @Test
    void thePlotsAreThereAndEachNamesAllDesigns() {
        List<String> plots = found("(?s)<desc\\s*>(.*?)</desc", page);
        List<String> expected = Stream.of("Costs of control-write by cause", "Costs of perf-record-1khz by cause", "Slowdown", "Time added")
                .flatMap(title -> TABLES.stream().map(table -> title + "; prices " + table.name() + (table.isFitted() ? ", FITTED." : ", stepwise."))).toList();
        // the count error has one too, because some runs are off
        assertEquals(expected.size() + 1, plots.size());
        assertEquals(1, plots.stream().filter(plot -> plot.startsWith("Count error by scenario")).count());
        for (String title : expected) {
            String plot = plots.stream().filter(text -> text.startsWith(title)).findFirst().orElseThrow(() -> new AssertionError(title + " not in " + plots));
            CPU.designs().forEach(design -> assertTrue(plot.contains(" " + design.name()), plot));
        }
    }

    @Test
    void whereFittedPricesAreItSaysSo() {
        String name = XeonE5_2699v4FittedCosts.TABLE.name();
        for (String section : page.split("<h2>")) {
            assertTrue(!section.contains(name) || section.contains("FITTED"), () -> section.substring(0, 200));
        }
        assertEquals(List.of(), found("(<td>" + name + "</td>)", page));
    }

    @Test
    void whoHadWhichCounterIsShownUnderEveryDesign() {
        for (VpmuDesign design : CPU.designs()) {
            assertEquals(1, found("<svg [^>]*aria-label=\"(Who had which counter under " + design.name() + ")\"", page).size(), design.name());
        }
    }

    @Test
    void noIdStandsThereTwice() {
        Set<String> ids = new HashSet<>();
        List<String> all = found("\\bid=\"([^\"]*)\"", page);
        assertFalse(all.isEmpty());
        all.forEach(id -> assertTrue(ids.add(id), id));
    }

    @Test
    void everyBeginningInTheTraceHasItsEnd() throws IOException {
        Map<String, Deque<String>> open = new HashMap<>();
        Map<String, Double> last = new HashMap<>();
        int begun = 0;
        for (JsonElement element : json("timeline.json").getAsJsonArray("traceEvents")) {
            JsonObject event = element.getAsJsonObject();
            String thread = event.get("pid") + "." + event.get("tid");
            String phase = event.get("ph").getAsString();
            if (!phase.equals("B") && !phase.equals("E")) {
                continue;
            }
            double at = event.get("ts").getAsDouble();
            assertTrue(at >= last.getOrDefault(thread, 0.0), event.toString());
            last.put(thread, at);
            if (phase.equals("B")) {
                open.computeIfAbsent(thread, key -> new ArrayDeque<>()).push(event.get("name").getAsString());
                // nobody has what somebody else has
                assertEquals(1, open.get(thread).size(), event.toString());
                begun++;
            } else {
                assertEquals(open.get(thread).pop(), event.get("name").getAsString());
            }
        }
        assertTrue(begun > 20, begun + " spans");
        open.forEach((thread, names) -> assertEquals(0, names.size(), thread + " has " + names));
    }

    @Test
    void whatWasLetThroughStandsThereAndTextIsEscaped(@TempDir Path other) throws IOException {
        VpmuDesign odd = new VpmuDesign(ODD, true, false, List.of(new Allowance("PMU0999", "for <study>")), null);
        InvocationHandler handler = (proxy, method, arguments) -> method.getName().equals("designs") ? List.of(odd) : method.invoke(CPU, arguments);
        Cpu cpu = (Cpu) Proxy.newProxyInstance(Cpu.class.getClassLoader(), new Class<?>[] {Cpu.class}, handler);
        HtmlReport report = new HtmlReport(cpu, TABLES);
        Result update = CONTROL_WRITE.run(CPU, CPU.design("RegisterOriented"));
        report.add(new Result(CONTROL_WRITE, ODD, update.traffic(), 1e6, List.of(), Map.of(), Result.HostEvents.NONE));
        report.add(new Result(Scenarios.named("perf-stat", 1), ODD, update.traffic(), 1e6, List.of(new Result.Count("event", 3, 4, 7, 3)), Map.of("<why>", 5L), Result.HostEvents.NONE));
        report.add(ODD, List.of(ODD));
        report.write(other);
        String odds = Files.readString(other.resolve("index.html"));
        assertFalse(odds.contains("<Odd") || odds.contains("<study>") || odds.contains("<why>"));
        assertTrue(odds.contains("<td>&lt;Odd &amp; &quot;co&quot;&gt;</td><td>hypothetical: BroadwellEP does not have what it requires</td><td>PMU0999: for &lt;study&gt;</td>"));
        assertTrue(odds.contains("Count error by scenario"));
        assertTrue(odds.contains("1 of 2 runs are off"));
        assertTrue(odds.contains("<td class=\"figure\">0.250000</td><td class=\"figure\">3</td><td class=\"figure\">4</td><td>&lt;why&gt; (5 times)</td>"), odds);
        for (VpmuDesign design : CPU.designs()) {
            for (Allowance allowance : design.allowances()) {
                assertTrue(page.contains("<td>" + design.name() + "</td><td></td><td>" + allowance.rule() + ": " + allowance.reason().replace("'", "&#39;")), allowance.toString());
            }
        }
    }

    @Test
    void aRunGivesTheSlowdownByEachListOfPrices() {
        Result result = Scenarios.named("perf-record-1khz", 0.1).run(CPU, CPU.design("EventOriented2018"));
        Matcher row = Pattern.compile("<td>perf-record-1khz</td><td>EventOriented2018</td><td class=\"figure\">([0-9.]+) .</td><td class=\"figure\">([0-9.]+) .</td><td class=\"figure\">0</td>"
                + "<td class=\"figure\">100</td>").matcher(page);
        assertTrue(row.find());
        for (int i = 0; i < TABLES.size(); i++) {
            assertEquals(result.slowdown(TABLES.get(i)), Double.parseDouble(row.group(i + 1)), 1e-4);
        }
    }

    @Test
    void nothingHalfWrittenStays(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("index.html").resolve("in the way"));
        HtmlReport report = new HtmlReport(CPU, TABLES);
        report.add(CONTROL_WRITE.run(CPU, CPU.design("RegisterOriented")));
        assertThrows(IOException.class, () -> report.write(other));
        try (Stream<Path> left = Files.list(other)) {
            assertEquals(List.of("index.html", "timeline.json"), left.map(path -> path.getFileName().toString()).sorted().toList());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of("index.html", "summary.json", "timeline.json"), left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }
}
