package dev.vpmu.runtime.lab.timeline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.vpmu.runtime.lab.timeline.CounterOwnership;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Mark;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Timelines as a trace in the JSON trace event format, which Perfetto and Chrome open: a process for each design, a thread for the CPU and
 * for each counter, and a slice for whoever had it. Times are in microseconds.
 */
public final class OwnershipTrace {

    private static final double NANOS_A_MICROSECOND = 1_000;
    /** More than a CPU has lanes: thread numbers are above it, unique, and no process's number. Perfetto takes thread 0 for the process's own. */
    private static final int THREADS = 1_000;

    private final JsonArray events = new JsonArray();

    private OwnershipTrace() {
    }

    /** The trace of timelines. */
    public static String json(List<CounterOwnership> timelines) {
        OwnershipTrace trace = new OwnershipTrace();
        for (int i = 0; i < timelines.size(); i++) {
            trace.add(timelines.get(i), i + 1);
        }
        JsonObject all = new JsonObject();
        all.addProperty("displayTimeUnit", "ns");
        JsonObject about = new JsonObject();
        about.addProperty("about", "modelled, not measured");
        all.add("metadata", about);
        all.add("traceEvents", trace.events);
        Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        return gson.toJson(all) + "\n";
    }

    private void add(CounterOwnership timeline, int process) {
        named("process_name", process, 0, timeline.policy() + " (modelled, not measured)");
        sorted("process_sort_index", process, 0, process);
        for (int lane = 0; lane < timeline.lanes().size(); lane++) {
            named("thread_name", process, lane, timeline.lanes().get(lane));
            sorted("thread_sort_index", process, lane, lane);
        }
        List<Span> spans = new ArrayList<>(timeline.spans());
        spans.sort(Comparator.comparingInt(Span::lane).thenComparingLong(Span::from));
        for (Span span : spans) {
            JsonObject how = new JsonObject();
            how.addProperty("how", span.how());
            JsonObject begin = event("B", span.owner(), process, span.lane());
            begin.addProperty("ts", span.from() / NANOS_A_MICROSECOND);
            begin.add("args", how);
            event("E", span.owner(), process, span.lane()).addProperty("ts", span.to() / NANOS_A_MICROSECOND);
        }
        for (Mark mark : timeline.marks()) {
            JsonObject instant = event("i", mark.what(), process, 0);
            instant.addProperty("ts", mark.nanos() / NANOS_A_MICROSECOND);
            instant.addProperty("s", "t");
        }
    }

    private void named(String what, int process, int lane, String name) {
        JsonObject args = new JsonObject();
        args.addProperty("name", name);
        event("M", what, process, lane).add("args", args);
    }

    private void sorted(String what, int process, int lane, int index) {
        JsonObject args = new JsonObject();
        args.addProperty("sort_index", index);
        event("M", what, process, lane).add("args", args);
    }

    private JsonObject event(String phase, String name, int process, int lane) {
        JsonObject event = new JsonObject();
        event.addProperty("ph", phase);
        event.addProperty("name", name);
        event.addProperty("pid", process);
        event.addProperty("tid", THREADS * process + lane);
        events.add(event);
        return event;
    }
}
