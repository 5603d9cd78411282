package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.policy.PolicyModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Instructions and branches that the hypervisor carries out, and which counters count them. */
public final class VpmuEmulation {

    /** What must not be set for a counter to count each occurrence once, outside transactions. */
    private static final List<FieldRole> MODIFIERS = List.of(FieldRole.THRESHOLD, FieldRole.INVERT, FieldRole.EDGE_DETECT, FieldRole.EQUAL, FieldRole.IN_TRANSACTION);

    private final CpuModel cpu;
    private final PolicyModel policy;
    private final VpmuWords words;
    private final VpmuCounters counters;
    private final Optional<SelectorWord> selector;

    VpmuEmulation(CpuModel cpu, PolicyModel policy, VpmuWords words, VpmuCounters counters) {
        this.cpu = cpu;
        this.policy = policy;
        this.words = words;
        this.counters = counters;
        this.selector = SelectorWord.of(cpu);
    }

    /** An event's code and unit mask; empty if the cpu has no such event. */
    static Optional<EventEncoding.Programmable> event(CpuModel cpu, EventRole role) {
        return cpu.events().stream().filter(event -> event.role().equals(Optional.of(role)) && event.encoding() instanceof EventEncoding.Programmable)
                .map(event -> (EventEncoding.Programmable) event.encoding()).findFirst();
    }

    /** The words that say what counts what, by what they are about: {@code instructions}. */
    private Map<String, EventEncoding.Programmable> accounted() {
        Map<String, EventEncoding.Programmable> accounted = new LinkedHashMap<>();
        if (policy.accountsEmulated()) {
            event(cpu, EventRole.INSTRUCTIONS).ifPresent(event -> accounted.put("instructions", event));
            event(cpu, EventRole.BRANCHES).ifPresent(event -> accounted.put("branches", event));
        }
        return accounted;
    }

    /** The words that say what counts what, a field each. */
    public List<String> fields() {
        return accounted().keySet().stream().flatMap(what -> List.of(what + "InKernel", what + "InUser").stream()).toList();
    }

    /** What a control word {@code next} says of a counter, a statement each. */
    List<String> decoded(PerfCounter counter) {
        List<String> statements = new ArrayList<>();
        String constant = counters.constant(counter);
        statements.add("asking = with(asking, " + constant + ", (next & " + Literals.hex(counter.bits(FieldRole.INTERRUPT_ENABLE)) + ") != 0);");
        accounted().forEach((what, event) -> counts(counter, event).ifPresent(condition -> {
            String variable = what + counter.globalIndex();
            boolean always = condition.isEmpty();
            if (!always) {
                statements.add("boolean " + variable + " = " + condition + ";");
            }
            statements.add(mode(what + "InKernel", constant, always ? "" : variable, counter.bits(FieldRole.KERNEL_MODE)));
            statements.add(mode(what + "InUser", constant, always ? "" : variable, counter.bits(FieldRole.USER_MODE)));
        }));
        return statements;
    }

    private static String mode(String field, String constant, String condition, long bits) {
        return field + " = with(" + field + ", " + constant + ", " + (condition.isEmpty() ? "" : condition + " && ") + "(next & " + Literals.hex(bits) + ") != 0);";
    }

    /** Whether a counter counts each occurrence of an event; empty if it never does, an empty condition if it always does while enabled. */
    private Optional<String> counts(PerfCounter counter, EventEncoding.Programmable event) {
        if (!counter.isProgrammable()) {
            return cpu.fixedEvents().stream().filter(fixed -> fixed.globalIndex() == counter.globalIndex()
                    && fixed.event() instanceof CountedEvent.Occurrences of && of.code() == event.code() && of.umask() == event.umask()).map(fixed -> "").findFirst();
        }
        SelectorWord word = selector.orElseThrow();
        long mask = word.eventMask() | counter.bits(FieldRole.ENABLE) | MODIFIERS.stream().mapToLong(counter::bits).reduce(0, (a, b) -> a | b);
        long value = word.event(event.code(), event.umask()) | counter.bits(FieldRole.ENABLE);
        return Optional.of("(next & " + Literals.hex(mask) + ") == " + Literals.hex(value));
    }

    /** What counts now, a statement each. */
    public List<String> counting() {
        if (accounted().isEmpty()) {
            return List.of("return 0;");
        }
        List<String> statements = new ArrayList<>();
        String frozen = counters.frozen();
        statements.add("if (owned == 0" + (frozen.isEmpty() ? "" : " || " + frozen) + ") {\n    return 0;\n}");
        String instructions = of("instructions");
        String branches = of("branches");
        statements.add("long counts = what == Retired.INSTRUCTION ? " + instructions + " : " + branches + ";");
        statements.add("return counts & owned & " + counters.enabled() + ";");
        return statements;
    }

    private String of(String what) {
        return accounted().containsKey(what) ? "inUserMode() ? " + what + "InUser : " + what + "InKernel" : "0";
    }

    /** How a counter counts one more, a case each. */
    public List<String> increments() {
        return counters.all().stream().map(counter -> {
            String field = words.field(counter.counter().value(), counter.index());
            String mask = Literals.hex(VpmuCounters.width(counter));
            return "case " + counter.globalIndex() + " -> {\n    if (" + counters.isIn("owned", counter) + ") {\n        long next = " + counters.read(counter) + " + 1 & " + mask
                    + ";\n        " + counters.write(counter, "next") + ";\n        yield next == 0;\n    }\n    " + field + " = " + field + " + 1 & " + mask
                    + ";\n    yield " + field + " == 0;\n}";
        }).toList();
    }
}
