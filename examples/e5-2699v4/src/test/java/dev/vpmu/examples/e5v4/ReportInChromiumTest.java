package dev.vpmu.examples.e5v4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vpmu.intel.BroadwellEP;

/** The report in a real browser, from the file system: what is laid out can be read. */
class ReportInChromiumTest {

    private static final int WIDTH = 1_280;
    private static final int HEIGHT = 1_000;
    /** Four of costs, four over sampling rates, one of errors, and a timeline for each of four designs. */
    private static final int PICTURES = 13;

    private static final String POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";

    @TempDir
    private static Path folder;
    private static String page;
    private static Chromium chromium;

    @BeforeAll
    static void run() throws IOException {
        Optional<Chromium> found = Chromium.find();
        if (found.isEmpty()) {
            System.out.println("ReportInChromiumTest is skipped: there is no chromium on the path (Debian: chromium)");
        }
        assumeTrue(found.isPresent(), "no chromium");
        chromium = found.get();
        PublishedMeasurement.run(new BroadwellEP(), folder);
        page = Files.readString(folder.resolve("index.html"));
    }

    /** What the script finds in a page. */
    private static JsonObject found(String html) throws IOException, InterruptedException {
        String script;
        try (InputStream in = ReportInChromiumTest.class.getResourceAsStream("readable.js")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Path file = folder.resolve("looked-at.html");
        assertTrue(html.contains(POLICY), "the page's policy lets it load nothing");
        Files.writeString(file, html.replace(POLICY, POLICY.replace("'none'", "'none'; script-src 'unsafe-inline'") + "\n<script>" + script + "</script>"));
        String elements = chromium.elements(file, WIDTH, HEIGHT, folder);
        Matcher json = Pattern.compile("<pre id=\"found\">(.*?)</pre>", Pattern.DOTALL).matcher(elements);
        assertTrue(json.find(), () -> "the script has not run: " + elements.substring(0, Math.min(500, elements.length())));
        return JsonParser.parseString(json.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).getAsJsonObject();
    }

    @Test
    void everyLabelCanBeReadAndNothingIsLoaded() throws IOException, InterruptedException {
        JsonObject found = found(page);
        assertEquals(PICTURES, found.get("pictures").getAsInt());
        assertTrue(found.get("texts").getAsInt() > 200, found.toString());
        assertEquals(new JsonArray(), found.getAsJsonArray("problems"));
        assertEquals(new JsonArray(), found.getAsJsonArray("loaded"));
    }

    @Test
    void whatCannotBeReadIsFound() throws IOException, InterruptedException {
        String small = "<svg aria-label=\"small\" width=\"200\" height=\"100\"><text x=\"150\" y=\"50\">much too long</text><text x=\"5\" y=\"50\">over</text><text x=\"6\" y=\"52\">under</text>"
                + "<text x=\"5\" y=\"90\" font-size=\"5\">tiny</text>"
                + "<path d=\"M100 70 L120 70 L120 80 Z\"/><path d=\"M110 70 L130 70 L130 80 Z\"/></svg><p style=\"width: 3000px\">wide</p><img src=\"none.png\">";
        String problems = found("<html><head>" + POLICY + "</head><body>" + small + "</body></html>").toString();
        for (String problem : new String[] {"'much too long' is cut off", "'over' and 'under' lie on each other", "'label 1' and 'label 2' lie on each other", "'tiny' is ", "the page is 30", "\"loaded\":[\"file\"]"}) {
            assertTrue(problems.contains(problem), problems);
        }
    }
}
