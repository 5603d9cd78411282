package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.RegisterModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rows of all extra registers, numbered from 0 through all extras: for each question the cases of a switch. */
public final class HostPerfExtras {

    /** A row, and where it stands. */
    private record Row(ExtraModel extra, ExtraRow row, RegisterModel register, int number, int next) {
    }

    private final CpuNames cpuNames;
    private final HostPerfNames names;
    private final Optional<SelectorWord> word;
    private final List<Row> rows = new ArrayList<>();
    private final List<RegisterModel> registers;
    private final List<String> addresses;

    HostPerfExtras(CpuNames cpuNames, HostPerfNames names) {
        this.cpuNames = cpuNames;
        this.names = names;
        CpuModel cpu = cpuNames.cpu();
        this.word = SelectorWord.of(cpu);
        for (ExtraModel extra : word.isEmpty() ? List.<ExtraModel>of() : cpu.extras()) {
            List<ExtraRow> known = extra.rows().stream().filter(row -> cpu.register(row.register()).isPresent()).toList();
            int first = rows.size();
            for (ExtraRow row : known) {
                int number = rows.size();
                int next = !extra.interchangeable() ? number : number + 1 < first + known.size() ? number + 1 : first;
                rows.add(new Row(extra, row, cpu.register(row.register()).orElseThrow(), number, next));
            }
        }
        this.registers = rows.stream().map(Row::register).distinct().toList();
        this.addresses = cases(row -> names.address(row.register()));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public int count() {
        return registers.size();
    }

    /** Statements that return the row of an event. */
    public List<String> decisions() {
        List<Decision> decisions = new ArrayList<>();
        for (Row row : rows) {
            EventPattern event = new EventPattern(row.row().code(), row.row().code(), -1, row.row().umask(), List.of(), false, 0, 0, 0);
            EventCondition.of(word.orElseThrow(), event, false).ifPresent(condition -> decisions.add(new Decision(condition, text(row), Integer.toString(row.number()))));
        }
        return Decision.first(decisions, "-1");
    }

    private String text(Row row) {
        return String.format(Locale.ROOT, "0x%02X:0x%02X uses %s (%s)", row.row().code(), row.row().umask(), row.register().name(), CpuNames.link(row.row().origin()));
    }

    /** A case for all rows for which {@code value} is the same. */
    private List<String> cases(Function<Row, String> value) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        rows.forEach(row -> labels.computeIfAbsent(value.apply(row), text -> new ArrayList<>()).add(Integer.toString(row.number())));
        return labels.entrySet().stream().map(entry -> "case " + HardwareView.wrapped(entry.getValue(), ", ") + " -> " + entry.getKey() + ";").toList();
    }

    public List<String> registers() {
        return cases(row -> Integer.toString(registers.indexOf(row.register())));
    }

    public List<String> addresses() {
        return addresses;
    }

    public List<String> valid() {
        return cases(row -> Literals.hex(row.row().validBits() & HostPerfMasks.writable(row.register())));
    }

    public List<String> counters() {
        return cases(row -> row.row().counters() == -1 ? "-1" : Literals.hex(row.row().counters()));
    }

    /** The event of each row in its places. */
    public List<String> events() {
        return cases(row -> Literals.hex(word.orElseThrow().event(row.row().code(), row.row().umask())));
    }

    /** Every other bit of a selector. */
    public String others() {
        return "~" + Literals.hex(word.orElseThrow().eventMask());
    }

    public boolean isInterchangeable() {
        return rows.stream().anyMatch(row -> row.next() != row.number());
    }

    public List<String> next() {
        return cases(row -> Integer.toString(row.next()));
    }

    public boolean isSharing() {
        return rows.stream().anyMatch(HostPerfExtras::isShared);
    }

    private static boolean isShared(Row row) {
        return row.extra().domain() != Domain.THREAD || row.register().domain() != Domain.THREAD;
    }

    public List<String> shared() {
        return cases(row -> Boolean.toString(isShared(row)));
    }
}
