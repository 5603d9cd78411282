package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How it is read from the registers what counters have been told: the other way round from {@link HostPerfCounters}. */
public final class HostPerfProgram {

    /** What is not part of the question what to count. */
    private static final Set<FieldRole> NOT_ASKED = Set.of(FieldRole.NONE, FieldRole.ENABLE, FieldRole.USER_MODE, FieldRole.KERNEL_MODE,
            FieldRole.INTERRUPT_ENABLE, FieldRole.PIN_CONTROL, FieldRole.USER_READ_DISABLE, FieldRole.ANY_THREAD);

    private final CpuModel cpu;
    private final HostPerfNames names;
    private final HostPerfRules rules;
    private final HostPerfCounters cases;
    private final HostPerfMasks masks;
    private final List<PerfCounter> counters;

    HostPerfProgram(CpuModel cpu, HostPerfNames names, HostPerfRules rules, HostPerfCounters cases, HostPerfMasks masks, List<PerfCounter> counters) {
        this.cpu = cpu;
        this.names = names;
        this.rules = rules;
        this.cases = cases;
        this.masks = masks;
        this.counters = counters;
    }

    public boolean isEmpty() {
        return counters.isEmpty();
    }

    /** A counter's control word. */
    public List<String> controls() {
        return cases.cases(counter -> counter.isPart() ? "registers.rdmsr(" + names.address(counter.control()) + ") & " + Literals.hex(counter.part()) + ";"
                : "registers.rdmsr(" + cases.element(counter.control(), counter.bank()) + ");");
    }

    /** Whether a control word enables a counter. */
    public List<String> enabled() {
        return cases.cases(counter -> (counter.bits(FieldRole.ENABLE) == 0 ? "" : "(control & " + Literals.hex(counter.bits(FieldRole.ENABLE)) + ") != 0 && ")
                + "(control & " + Literals.hex(counter.bits(FieldRole.USER_MODE) | counter.bits(FieldRole.KERNEL_MODE)) + ") != 0;");
    }

    /** The modes in a control word. */
    public List<String> modes() {
        return cases.cases(counter -> Stream.of(mode(counter, "USER", FieldRole.USER_MODE), mode(counter, "KERNEL", FieldRole.KERNEL_MODE),
                mode(counter, "INTERRUPT", FieldRole.INTERRUPT_ENABLE)).collect(Collectors.joining(" | ")) + ";");
    }

    private static String mode(PerfCounter counter, String mode, FieldRole role) {
        return "((control & " + Literals.hex(counter.bits(role)) + ") != 0 ? " + mode + " : 0)";
    }

    /** What a control word asks for. */
    public List<String> configs() {
        return cases.cases(counter -> {
            long asked = counter.counter().fields().stream().filter(field -> !NOT_ASKED.contains(field.role()))
                    .mapToLong((FieldModel field) -> field.maskOf(counter.index())).reduce(0, (a, b) -> a | b);
            return asked == 0 ? "0;" : "control & " + Literals.hex(asked) + ";";
        });
    }

    /** The counters that are enabled together. */
    public String enabledGlobally() {
        List<String> parts = new ArrayList<>();
        long ungated = counters.stream().filter(counter -> !masks.isGated(counter.counter())).mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b);
        for (RegisterModel register : masks.enables()) {
            Map<Long, Long> places = new TreeMap<>();
            counters.forEach(counter -> {
                long bits = masks.bits(register, FieldRole.ENABLE, counter.counter());
                if (bits != 0) {
                    places.put(Long.lowestOneBit(bits), counter.mask());
                }
            });
            if (!places.isEmpty()) {
                String word = "registers.rdmsr(" + names.address(register) + ")";
                parts.add(places.entrySet().stream().allMatch(place -> place.getKey().equals(place.getValue()))
                        ? word + " & " + Literals.hex(places.values().stream().reduce(0L, (a, b) -> a | b)) : HostPerfGlobals.spread(word, places));
            }
        }
        if (ungated != 0 || parts.isEmpty()) {
            parts.add(ungated == 0 ? "0" : Literals.hex(ungated));
        }
        return String.join(" | ", parts);
    }

    /** What a fixed counter counts. */
    public List<String> counted() {
        return counters.stream().filter(counter -> !counter.isProgrammable()).map(counter -> {
            String name = "\"" + name(counter) + "\"";
            Optional<Long> selector = rules.selectorOf(counter.globalIndex());
            return "case " + counter.globalIndex() + " -> " + selector.map(word -> "EventAttributes.of(" + name + ", " + Literals.hex(word) + ")")
                    .orElse("EventAttributes.onCounter(" + name + ", " + counter.globalIndex() + ", 0)") + ";";
        }).toList();
    }

    /** The event that selectors can ask for and that a fixed counter counts, a case each. */
    public List<String> events() {
        return cpu.fixedEvents().stream().filter(row -> counters.stream().anyMatch(counter -> counter.globalIndex() == row.globalIndex()))
                .filter(row -> row.event() instanceof CountedEvent.Occurrences).map(row -> {
                    CountedEvent.Occurrences event = (CountedEvent.Occurrences) row.event();
                    return "case " + row.globalIndex() + " -> " + HardwareCounting.eventName(event.code(), event.umask()) + ";";
                }).toList();
    }

    /** The counter whose value stands at an address, a case each. */
    public List<String> addresses() {
        Map<Integer, List<String>> labels = new LinkedHashMap<>();
        for (RegisterModel register : cpu.registers()) {
            String root = register.aliasOf().orElse(register.name());
            counters.stream().filter(counter -> counter.counter().value().name().equals(root) && register.bank().equals(Optional.of(counter.bank().name()))
                    && register.indexes().contains(counter.index())).forEach(counter -> labels.computeIfAbsent(counter.globalIndex(), index -> new ArrayList<>())
                    .add(Literals.hexInt((int) register.addressOf(counter.index()))));
        }
        return labels.entrySet().stream().map(entry -> "case " + String.join(", ", entry.getValue()) + " -> " + entry.getKey() + ";").toList();
    }

    /** The counter that RDPMC reads, a case each. */
    public List<String> rdpmc() {
        return counters.stream().filter(counter -> counter.ecx().isPresent())
                .map(counter -> "case " + Literals.hexInt(counter.ecx().getAsInt()) + " -> " + counter.globalIndex() + ";").toList();
    }

    public String eventCode() {
        return SelectorWord.of(cpu).map(word -> "(int) (" + word.extracted(FieldRole.EVENT_CODE) + ")").orElse("0");
    }

    public String unitMask() {
        return SelectorWord.of(cpu).filter(word -> !word.fields(FieldRole.UNIT_MASK).isEmpty()).map(word -> "(int) (" + word.extracted(FieldRole.UNIT_MASK) + ")").orElse("0");
    }

    /** The counters' names, a case each. */
    public List<String> counterNames() {
        return counters.stream().map(counter -> "case " + counter.globalIndex() + " -> \"" + name(counter) + "\";").toList();
    }

    private static String name(PerfCounter counter) {
        String bank = JavaEscapes.literal(counter.bank().name());
        return bank.substring(1, bank.length() - 1) + "[" + counter.index() + "]";
    }

    /** Which counter of its bank a counter is. */
    public List<String> indexes() {
        return cases.cases(counter -> HostPerfCounters.index(counter.bank()) + ";");
    }
}
