package dev.vpmu.dsl.format;

import java.util.Map;

/** The kinds of rows, by the grammar's rule. Rows of no kind flow. */
final class RowKinds {

    static final RowKind HEADER = RowKind.header();
    private static final RowKind OTHER = RowKind.flowing();
    /** What is done at a moment: a sequence, or what is done in a conflict. */
    private static final String MOMENT = "Sequence";

    private static final Map<String, RowKind> KINDS = Map.ofEntries(
        Map.entry("Bank", RowKind.table().column("Bank:index").column("Bank:rdpmc")),
        Map.entry("Field", RowKind.table().column("Field.range").column("Field:is", "Field:ignored", "Field:reserved").rest("Field:on")),
        Map.entry("Counters", RowKind.table().column("Counters.indexes").column("Counters:width")),
        Map.entry("FixedCounter", RowKind.table().column("FixedCounter:counts")),
        Map.entry("Register", RowKind.table().column("Register.address").column("Register:by")
            .column("RegisterAttribute is", "RegisterAttribute alias", "RegisterAttribute clears", "RegisterAttribute sets")
            .rest("RegisterAttribute")),
        Map.entry("CpuidField", RowKind.table().column("CpuidField:version", "CpuidField:number", "CpuidField:width", "CpuidField:present",
            "CpuidField:leading", "CpuidField:length", "CpuidField:absent", "CpuidField.constant", "CpuidField.capability")),
        Map.entry("Freeze", RowKind.table().column("Freeze:when").column("Freeze:clears", "Freeze:sets")),
        Map.entry("ExtraRow", RowKind.table().column("ExtraRow:uses").column("ExtraRow:valid").rest("ExtraRow:on")),
        Map.entry("ConstraintRow", RowKind.table().column("ConstraintRow:on", "ConstraintRow:within")
            .rest("ConstraintRow:plain").rest("ConstraintRow:exclusive").rest("ConstraintRow:paired")),
        Map.entry("PeriodRow", RowKind.table().column("PeriodRow:at").rest("PeriodRow:low")),
        Map.entry("Event", new EventRows()),
        Map.entry("Rdpmc", RowKind.flowing().rest("Rdpmc:exit", "Rdpmc:fault")),
        Map.entry("BranchRecords", RowKind.flowing().rest("BranchRecords:format")),
        Map.entry("PreciseRecords", RowKind.flowing().rest("PreciseRecords:distributed")),
        Map.entry("Signature", RowKind.flowing().items("Signature.models").items("Signature.steppings")),
        Map.entry("Has", RowKind.flowing().items("Has.values")),
        Map.entry("Lacks", RowKind.flowing().items("Lacks.capabilities")),
        Map.entry("Hides", RowKind.flowing().items("Hides.events")),
        Map.entry("UseEvents", RowKind.flowing().items("UseEvents.tables")),
        Map.entry("UsePolicies", RowKind.flowing().items("UsePolicies.uses")),
        Map.entry("Access", RowKind.table().list(1, "Targeted.targets").column("Intercept:read", "Share:because").column("Intercept:write")),
        Map.entry("Switching", RowKind.table().list(1, "Targeted.targets").column("Switched:entry").column("Switched:exit")
            .column("Switched:saving").column("Switched:by")),
        Map.entry(MOMENT, RowKind.table().list(2, "Step", "Sequence:nothing", "Conflict.answers")),
        Map.entry("Requires", RowKind.flowing().items("Requires.capabilities").items("Requires.roles")),
        Map.entry("Forbids", RowKind.flowing().items("Forbids.roles")),
        Map.entry("Missing", RowKind.flowing().items("Missing.elements")),
        Map.entry("Allows", RowKind.table().column("Allows:because")),
        Map.entry("Cost", RowKind.table().value("Cost:=")));

    private RowKinds() {
    }

    /** How the head of a row is cut: for rows with a body, as a header. */
    static RowKind of(Row row) {
        return row.hasBody() ? HEADER : KINDS.getOrDefault(nameOf(row), OTHER);
    }

    /** Rows of the same name, one behind the other, make a run. */
    static String nameOf(Row row) {
        for (String beginning : row.first().begins) {
            if (KINDS.containsKey(beginning)) {
                return beginning;
            } else if (beginning.equals("Conflict")) {
                return MOMENT;
            }
        }
        return "";
    }
}
