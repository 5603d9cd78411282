package dev.vpmu.runtime.lab.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Mark;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Span;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class OwnershipTraceTest {

    private static final CounterOwnership TIMELINE = new CounterOwnership("Some\"Policy", List.of("CPU 0", "gp 0"),
            List.of(new Span(1, "vCPU 0", "owned", 1_000, 2_500), new Span(0, "vCPU 0", "runs", 0, 2_500), new Span(1, "host", "an \"event\"\n", 0, 1_000)),
            List.of(new Mark("PMI", 1_700)), 2_500);

    private final JsonObject trace = JsonParser.parseString(OwnershipTrace.json(List.of(TIMELINE, TIMELINE))).getAsJsonObject();

    private List<JsonObject> events(String phase) {
        return StreamSupport.stream(trace.getAsJsonArray("traceEvents").spliterator(), false).map(JsonElement::getAsJsonObject)
                .filter(event -> event.get("ph").getAsString().equals(phase)).toList();
    }

    @Test
    void timelinesAreProcessesAndLanesAreThreads() {
        List<JsonObject> names = events("M").stream().filter(event -> event.get("name").getAsString().equals("thread_name")).toList();
        assertEquals(List.of("1.1000 CPU 0", "1.1001 gp 0", "2.2000 CPU 0", "2.2001 gp 0"), names.stream().map(event -> event.get("pid") + "." + event.get("tid") + " "
                + event.getAsJsonObject("args").get("name").getAsString()).toList());
        assertTrue(OwnershipTrace.json(List.of(TIMELINE)).contains("Some\\\"Policy (modelled, not measured)"));
    }

    /** Perfetto gives thread 0 the process's number, and with it the name of another thread and its slices; so no thread has either. */
    @Test
    void noThreadIsTakenForAnother() {
        for (JsonElement element : trace.getAsJsonArray("traceEvents")) {
            JsonObject event = element.getAsJsonObject();
            assertTrue(event.get("pid").getAsInt() > 0 && event.get("tid").getAsInt() / 1_000 == event.get("pid").getAsInt(), event.toString());
        }
        assertEquals(List.of("1", "2"), events("M").stream().filter(event -> event.get("name").getAsString().equals("process_sort_index"))
                .map(event -> event.getAsJsonObject("args").get("sort_index").getAsString()).toList());
    }

    @Test
    void everySpanBeginsAndEndsInMicroseconds() {
        assertEquals(List.of("0.0", "0.0", "1.0"), events("B").stream().filter(event -> event.get("pid").getAsInt() == 1).map(event -> event.get("ts").getAsString()).toList());
        assertEquals(List.of("2.5", "1.0", "2.5"), events("E").stream().filter(event -> event.get("pid").getAsInt() == 1).map(event -> event.get("ts").getAsString()).toList());
    }

    @Test
    void marksAreInstants() {
        assertEquals(List.of("1.7", "1.7"), events("i").stream().map(event -> event.get("ts").getAsString()).toList());
    }

    @Test
    void howItWasHadIsKept() {
        assertEquals("an \"event\"\n", events("B").get(1).getAsJsonObject("args").get("how").getAsString());
    }
}
