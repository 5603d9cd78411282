package dev.vpmu.generator.importer;

import dev.vpmu.generator.importer.Remark.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which fields of Intel's files are read, and which have no place in a {@code .pmu} file; all others are not understood. */
final class KnownFields {

    private static final Set<String> READ = Set.of("EventCode", "UMask", "UMaskExt", "UMask2", "EventName", "Counter", "CounterHTOff",
            "PEBScounters", "PEBS", "Precise", "PDISTCounter", "PDIR_COUNTER", "SampleAfterValue", "MSRIndex", "MSRValue", "TakenAlone",
            "CounterMask", "Invert", "EdgeDetect", "AnyThread", "Equal", "Data_LA", "PRECISE_STORE", "Errata", "Deprecated", "Speculative");
    private static final Set<String> PROSE = Set.of("BriefDescription", "PublicDescription");

    /** With the values that they have been seen with: another one may mean something that the reader should know. */
    private static final Map<String, Set<String>> LEFT_OUT = Map.of("CollectPEBSRecord", Set.of("0", "1", "2", "3"),
            "L1_Hit_Indication", Set.of("0", "1"), "Offcore", Set.of("0", "1"), "Offmodule", Set.of("0", "1"), "ELLC", Set.of("0", "1"),
            "CounterType", Set.of("FIXED", "PGMABLE"),
            "ProgrammingRestriction", Set.of("None", "MSRIndex-UMask", "MSRIndex-UMask-Counter"));
    private static final Set<String> SAYS_NOTHING = Set.of("0", "None", "PGMABLE");

    private final SortedMap<String, Integer> leftOut = new TreeMap<>();

    /** Remarks on the fields of one event that no row will have; every event must pass here once. */
    List<Remark> check(String event, Map<String, String> fields) {
        List<Remark> remarks = new ArrayList<>();
        fields.forEach((field, value) -> {
            Set<String> values = LEFT_OUT.get(field);
            if (values == null && !READ.contains(field) && !PROSE.contains(field)) {
                remarks.add(new Remark(Kind.NOT_UNDERSTOOD, event, field, "unknown field with the value \"" + value + "\""));
            } else if (values != null && !values.contains(value)) {
                remarks.add(new Remark(Kind.NOT_UNDERSTOOD, event, field, "unknown value \"" + value + "\""));
            } else if (values != null && !SAYS_NOTHING.contains(value)) {
                leftOut.merge(field, 1, Integer::sum);
            }
        });
        boolean precise = fields.containsKey("Precise") ? fields.get("Precise").equals("1") : !fields.getOrDefault("PEBS", "0").equals("0");
        if (!precise && fields.containsKey("PEBScounters")) {
            leftOut.merge("PEBScounters of an event that is not precise", 1, Integer::sum);
        }
        return remarks;
    }

    /** One remark for each field that was left out. */
    List<Remark> summary() {
        List<Remark> remarks = new ArrayList<>();
        leftOut.forEach((field, events) -> remarks.add(new Remark(Kind.LEFT_OUT, "", field, "said something for " + events
                + (events == 1 ? " event" : " events") + "; no .pmu file has a place for it")));
        return remarks;
    }
}
