package dev.vpmu.examples.e5v4;

import dev.vpmu.runtime.cpu.CounterBank;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.cpu.RegisterElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a generated CPU says of itself, as lines of text. */
public final class CpuReport {

    private static final int ARCHITECTURAL_LEAF = 0xA;

    private final Cpu cpu;
    private final List<String> lines = new ArrayList<>();

    private CpuReport(Cpu cpu) {
        this.cpu = cpu;
    }

    /** The report on {@code cpu}. */
    public static List<String> of(Cpu cpu) {
        CpuReport report = new CpuReport(cpu);
        report.identity();
        report.counters();
        report.registers();
        report.events();
        return List.copyOf(report.lines);
    }

    private void identity() {
        add("%s: architectural performance monitoring, version %d", cpu.name(), cpu.architecturalVersion());
        for (boolean smt : new boolean[] {true, false}) {
            CpuidWords words = cpu.cpuid(ARCHITECTURAL_LEAF, 0, smt);
            add("  CPUID leaf 0xA, SMT %-3s  EAX %08X  EBX %08X  ECX %08X  EDX %08X", smt ? "on" : "off", words.eax(), words.ebx(), words.ecx(), words.edx());
        }
    }

    private void counters() {
        add("");
        add("Counters");
        for (CounterBank bank : cpu.banks()) {
            String width = bank.width() == 0 ? "records" : bank.width() + " bits, mask bits from " + bank.firstIndex();
            add("  %-6s %2d with SMT, %2d without; %s", bank.name(), bank.count(true), bank.count(false), width);
        }
    }

    private void registers() {
        add("");
        add("Registers (%d; * exists only without SMT)", cpu.registers().size());
        for (RegisterElement register : cpu.registers()) {
            add("  0x%03X  %-26s %s%s", register.address(), register.name(), register.role(), register.withoutSmtOnly() ? " *" : "");
        }
    }

    private void events() {
        Map<String, List<PmuEvent>> tables = new LinkedHashMap<>();
        cpu.events().all().forEach(event -> tables.computeIfAbsent(event.table(), table -> new ArrayList<>()).add(event));
        tables.forEach((table, events) -> {
            add("");
            add("%s: %d events", table, events.size());
            events.forEach(event -> add("  %-54s %s", event.name(), encoding(event)));
        });
    }

    private String encoding(PmuEvent event) {
        String word = switch (event.kind()) {
            case PROGRAMMABLE -> String.format(Locale.ROOT, "selector 0x%06X  on %s", event.encoding(), counters(event.counters()));
            case FIXED -> String.format(Locale.ROOT, "control  0x%06X  on %s", event.encoding(), counters(event.counters()));
            case METRIC -> String.format(Locale.ROOT, "bits 0x%X of %s", event.encoding(), event.extraRegister());
        };
        return event.kind() == PmuEvent.Kind.METRIC || event.extraRegister().isEmpty() ? word
                : word + String.format(Locale.ROOT, "  with %s = 0x%X", event.extraRegister(), event.extraValue());
    }

    /** A global mask as counters: {@code gp 0-3, fixed 1}. */
    private String counters(long mask) {
        List<String> parts = new ArrayList<>();
        for (CounterBank bank : cpu.banks()) {
            long own = bank.firstIndex() < 0 ? 0 : mask >>> bank.firstIndex() & (bank.withSmt() | bank.withoutSmt());
            if (own != 0) {
                int low = Long.numberOfTrailingZeros(own);
                int high = 63 - Long.numberOfLeadingZeros(own);
                boolean gapless = Long.bitCount(own) == high - low + 1;
                parts.add(bank.name() + " " + (low == high ? "" + low : gapless ? low + "-" + high : Long.toBinaryString(own) + "b"));
            }
        }
        return String.join(", ", parts);
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
